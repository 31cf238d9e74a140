package dev.cnilab.image;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Loaded classes in a file that a JVM maps when it starts: a CDS archive. An AOT cache would do the
 * same, but no two are alike; the same list of classes makes the same CDS archive.
 */
final class ClassData {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private ClassData() {}

    /**
     * Lists the classes that the installation loads in a training run.
     *
     * @param list is left as it is when it is there: two runs seldom load exactly the same
     */
    static void list(Installation installation, Path list) throws IOException {
        if (Files.exists(list)) {
            return;
        }
        Path draft = list.resolveSibling(list.getFileName() + ".new");
        run(
                installation.javaHome(),
                List.of("-Xshare:off", "-XX:DumpLoadedClassList=" + draft),
                installation.classPath(),
                List.of(ProgramImage.MAIN, "train"));
        Files.move(draft, list, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Writes the archive of those classes of the list that are there.
     *
     * @param jars with the times and sizes, and relative to each other where, that they will have
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
        argv.add(jars.stream().map(Path::toString).collect(Collectors.joining(":")));
        argv.addAll(main);
        ExecResult result = Command.of(argv).run(LIMIT);
        if (result.exitCode() != 0) {
            throw new IOException(
                    "%s failed with %d: %s%s"
                            .formatted(
                                    options.getFirst(),
                                    result.exitCode(),
                                    result.stdout(),
                                    result.stderr()));
        }
    }
}
