package dev.cnilab.image;

import dev.cnilab.base.AtomicFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The only image that the embedded cluster runs: this program, with the running JVM and classes,
 * whatever the tag.
 *
 * @param directory contains {@code bin}, the first entry in the PATH of every container
 */
public record OwnImage(Path directory) {

    /**
     * The commands that run next to a cluster and that this machine lacks.
     *
     * @param folder the lab's
     */
    public static OwnImage outside(Path folder) {
        return new OwnImage(folder.resolve("outside"));
    }

    /**
     * Returns the entrypoint, which receives a container's {@code args} when it has no {@code
     * command}.
     */
    public List<String> entrypoint() {
        return program(ProgramImage.SMALL, "LAB_AOT_CACHE");
    }

    /** Returns the command that starts another process of this program. */
    public static List<String> program() {
        return program(List.of(), "LAB_AOT_CACHE");
    }

    /**
     * Builds the command.
     *
     * @param cacheVariable environment variable with the path of the AOT cache
     */
    private static List<String> program(List<String> limits, String cacheVariable) {
        List<String> argv = new ArrayList<>();
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.addAll(ProgramImage.JVM);
        argv.addAll(limits);
        String cache = System.getenv(cacheVariable);
        if (cache != null && Files.isReadable(Path.of(cache))) {
            // A cache that does not match is ignored, without a message in each pod's log.
            argv.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=off"));
        }
        argv.addAll(List.of("-cp", System.getProperty("java.class.path"), ProgramImage.MAIN));
        return List.copyOf(argv);
    }

    /** Writes {@code bin}: {@code lab} and a command for each tool. Repeatable. */
    public void unpack() throws IOException {
        Files.createDirectories(bin());
        script("lab", entrypoint());
        List<String> program = program(ProgramImage.SMALL, "LAB_TOOLS_AOT_CACHE");
        for (String name : ProgramImage.PROGRAMS) {
            script(name, Stream.concat(program.stream(), Stream.of("tool", name)).toList());
        }
    }

    public Path bin() {
        return directory.resolve("bin");
    }

    /** Returns everything of this machine that the image consists of. */
    public List<Path> files() {
        Stream<Path> classes =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toAbsolutePath())
                        .flatMap(entry -> Stream.of(entry, entry.resolveSibling("lib")));
        Stream<Path> caches =
                Stream.of("LAB_AOT_CACHE", "LAB_TOOLS_AOT_CACHE")
                        .flatMap(variable -> Stream.ofNullable(System.getenv(variable)))
                        .map(Path::of);
        return Stream.of(
                        Stream.of(bin(), Path.of(System.getProperty("java.home"))), classes, caches)
                .flatMap(each -> each)
                .filter(Files::exists)
                .distinct()
                .toList();
    }

    /** Returns the default environment of containers. */
    public Map<String, String> environment() {
        return Map.of(
                "PATH",
                bin() + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "HOME",
                "/root",
                "LANG",
                ProgramImage.LOCALE);
    }

    private void script(String name, List<String> argv) throws IOException {
        String line = argv.stream().map(OwnImage::quote).collect(Collectors.joining(" "));
        Path file = bin().resolve(name);
        String text =
                "#!/bin/sh\nexport LC_ALL=%s\nexec %s \"$@\"\n"
                        .formatted(ProgramImage.LOCALE, line);
        AtomicFile.executable(file).write(text);
    }

    private static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
