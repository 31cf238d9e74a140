package dev.cnilab.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The files in a directory with type, permissions, owner and content.
 *
 * @param folder the directory to read
 * @param name its name in the lines
 * @param without names of directories to skip
 */
record FileStates(Path folder, Path name, Set<Path> without) {

    /** Performance data of each JVM, which the next JVM removes. */
    private static final String JAVA = "hsperfdata_";

    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) throws IOException {
                        Path named = named(directory);
                        if (without.contains(named)
                                || named.getFileName().toString().startsWith(JAVA)) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        // Parents of skipped directories are skipped, too.
                        if (without.stream().noneMatch(other -> other.startsWith(named))) {
                            add(directory, lines);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        add(file, lines);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }
                });
        return lines;
    }

    private Path named(Path file) {
        return name.resolve(folder.relativize(file).toString());
    }

    private void add(Path file, List<String> lines) throws IOException {
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(
                            file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            lines.add(
                    "file %s %s %s %s"
                            .formatted(
                                    named(file),
                                    PosixFilePermissions.toString(attributes.permissions()),
                                    attributes.owner(),
                                    content(file, attributes)));
        } catch (NoSuchFileException e) {
            // Deleted meanwhile.
        }
    }

    private static String content(Path file, PosixFileAttributes attributes) throws IOException {
        if (attributes.isDirectory()) {
            return "directory";
        } else if (attributes.isSymbolicLink()) {
            return "-> " + Files.readSymbolicLink(file);
        } else if (attributes.isRegularFile()) {
            return content(file);
        } else {
            return "special";
        }
    }

    private static String content(Path file) throws NoSuchFileException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return "%d bytes, hash %08x".formatted(bytes.length, Arrays.hashCode(bytes));
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            // A bind-mounted namespace looks like a regular file.
            return "unreadable";
        }
    }
}
