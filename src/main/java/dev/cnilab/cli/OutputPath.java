package dev.cnilab.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Paths that a command writes at its end, which are checked before it begins. */
final class OutputPath {

    private OutputPath() {}

    /** A file in a directory that exists; replaced if it exists. */
    static final class OfFile implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            Path file = path(text);
            Path directory = directoryOf(file);
            if (Files.isDirectory(file)) {
                throw refused(text, "it is a directory");
            }
            if (!Files.isDirectory(directory)) {
                throw refused(text, "its directory is missing");
            }
            if (!Files.isWritable(Files.exists(file) ? file : directory)) {
                throw refused(text, "permission denied, or read-only");
            }
            return file;
        }
    }

    /** A file, or {@code -} for stdout. */
    static final class OfFileOrStdout implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return text.equals("-") ? text : new OfFile().convert(text).toString();
        }
    }

    /** A directory; created if it is missing. */
    static final class OfDirectory implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            Path directory = path(text);
            Path existing = directory.toAbsolutePath();
            while (!Files.exists(existing)) {
                existing = directoryOf(existing);
            }
            if (!Files.isDirectory(existing)) {
                throw refused(text, existing + " is not a directory");
            }
            if (!Files.isWritable(existing)) {
                throw refused(text, "permission denied, or read-only");
            }
            return directory;
        }
    }

    private static Path directoryOf(Path file) {
        return file.toAbsolutePath().resolveSibling(".").normalize();
    }

    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("the path is empty");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static TypeConversionException refused(String text, String why) {
        return new TypeConversionException("cannot write to '" + text + "': " + why);
    }
}
