package dev.cnilab.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Directories that programs are looked for in.
 *
 * @param value as {@code PATH} has it; empty for none
 */
public record SearchPath(String value) {

    public Optional<Path> find(String program) {
        return Stream.of(value.split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
