package dev.cnilab.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Directories that programs are looked for in.
 *
 * @param value as {@code PATH} has it; empty for none
 */
public record SearchPath(String value) {

    /** The one that this environment names. */
    public static SearchPath of(Map<String, String> environment) {
        return new SearchPath(environment.getOrDefault("PATH", ""));
    }

    /**
     * @param program a name; one with a slash is a path, and looked for nowhere else
     */
    public Optional<Path> find(String program) {
        Stream<Path> candidates =
                program.contains("/")
                        ? Stream.of(Path.of(program))
                        : Stream.of(value.split(":"))
                                .filter(directory -> !directory.isEmpty())
                                .map(directory -> Path.of(directory, program));
        return candidates
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
