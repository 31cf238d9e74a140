package dev.cnilab.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directories in which programs are searched.
 *
 * @param value in the format of {@code PATH}; empty for none
 */
public record SearchPath(String value) {

    /** Returns the search path of that environment. */
    public static SearchPath of(Map<String, String> environment) {
        return new SearchPath(environment.getOrDefault("PATH", ""));
    }

    /**
     * Finds a program.
     *
     * @param program a name, or a path when it contains a slash, which is not searched
     */
    public Optional<Path> find(String program) {
        return candidates(program)
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /**
     * Finds a program that is to be executed, as {@link #find} does.
     *
     * @throws NotExecutableException when there is none, or only a file that cannot be executed
     */
    Path require(String program) throws NotExecutableException {
        Optional<Path> found = find(program);
        if (found.isEmpty()) {
            throw candidates(program).anyMatch(Files::exists)
                    ? NotExecutableException.permissionDenied(program)
                    : NotExecutableException.notFound(program);
        }
        return found.get();
    }

    private Stream<Path> candidates(String program) {
        return program.contains("/")
                ? Stream.of(Path.of(program))
                : Stream.of(value.split(":"))
                        .filter(directory -> !directory.isEmpty())
                        .map(directory -> Path.of(directory, program));
    }
}
