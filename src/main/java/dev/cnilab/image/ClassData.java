package dev.cnilab.image;

import dev.cnilab.base.AtomicFile;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A CDS archive: loaded classes in a file that a JVM maps at startup. An AOT cache would do the
 * same but is not reproducible; a CDS archive depends only on its list of classes.
 */
final class ClassData {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private ClassData() {}

    /**
     * Lists the classes that are loaded by a training run of what nodes do, which has no more than
     * their class path.
     *
     * @param list kept when it exists: two runs rarely load exactly the same classes
     */
    static void list(Installation installation, Path list) throws IOException {
        if (Files.exists(list)) {
            return;
        }
        Path draft = list.resolveSibling(list.getFileName() + ".new");
        List<String> training = new ArrayList<>(List.of(ProgramImage.MAIN, "train"));
        Stream.of(
                        "-Xshare:off",
                        "-XX:DumpLoadedClassList=" + draft,
                        "-cp",
                        joined(NodeClassPath.of(installation.classPath())))
                .map(option -> "--node-jvm=" + option)
                .forEach(training::add);
        run(installation.javaHome(), List.of(), installation.classPath(), training);
        AtomicFile.at(list).replaceBy(draft);
    }

    /**
     * Dumps an archive of the list's classes that exist.
     *
     * @param jars with the modification times, sizes and relative positions that they will have in
     *     the image
     */
    static void dump(Path javaHome, List<Path> jars, Path list, Path archive) throws IOException {
        run(
                javaHome,
                List.of(
                        "-Xshare:dump",
                        "-XX:SharedClassListFile=" + list,
                        "-XX:SharedArchiveFile=" + archive,
                        "-Xlog:disable",
                        "-Xlog:all=off"),
                jars,
                List.of());
    }

    private static void run(Path javaHome, List<String> options, List<Path> jars, List<String> main)
            throws IOException {
        List<String> argv = new ArrayList<>();
        argv.add(javaHome.resolve("bin/java").toString());
        argv.addAll(ProgramImage.JVM);
        argv.addAll(options);
        argv.add("-cp");
        argv.add(joined(jars));
        argv.addAll(main);
        ExecResult result = Command.of(argv).run(LIMIT);
        if (result.exitCode() != 0) {
            throw new IOException(
                    "%s failed with %d: %s%s"
                            .formatted(
                                    String.join(" ", main.isEmpty() ? options : main),
                                    result.exitCode(),
                                    result.stdout(),
                                    result.stderr()));
        }
    }

    private static String joined(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(":"));
    }
}
