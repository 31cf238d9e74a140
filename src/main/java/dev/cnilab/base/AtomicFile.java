package dev.cnilab.base;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is written atomically: a reader sees the complete old or the complete new content.
 * The content is on disk before the file has its name, and the name is on disk when the method
 * returns. Only one process may write it at a time; the temporary file of a killed process is
 * overwritten.
 */
public record AtomicFile(Path path, Set<PosixFilePermission> mode) {

    private static final Set<PosixFilePermission> PRIVATE =
            PosixFilePermissions.fromString("rw-------");

    public AtomicFile {
        mode = Set.copyOf(mode);
    }

    /** An atomic file that all users can read (mode 0644). */
    public static AtomicFile at(Path path) {
        return new AtomicFile(path, PosixFilePermissions.fromString("rw-r--r--"));
    }

    public static AtomicFile executable(Path path) {
        return new AtomicFile(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /**
     * An atomic file that only its owner can read and write (mode 0600), while it is written, too.
     */
    public static AtomicFile ownerOnly(Path path) {
        return new AtomicFile(path, PRIVATE);
    }

    /** Writes the content; where it throws, the file is unchanged. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes the text in UTF-8, replacing the content. */
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    public void write(byte[] content) throws IOException {
        write(out -> out.write(content));
    }

    public void write(InputStream content) throws IOException {
        write(content::transferTo);
    }

    /** Replaces the content. */
    public void write(Content content) throws IOException {
        Path draft = draft();
        try {
            fill(draft, content);
            replaceBy(draft);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Writes the text in UTF-8 into a new file.
     *
     * @throws FileAlreadyExistsException if the file exists; it is unchanged
     */
    public void create(String text) throws IOException {
        Path draft = draft();
        try {
            fill(draft, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
            Files.setPosixFilePermissions(draft, mode);
            // Unlike a rename, a link never replaces.
            Files.createLink(path, draft);
            sync(directory());
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Copies the source's content and mode. */
    public void copyFrom(Path source) throws IOException {
        try (InputStream content = Files.newInputStream(source)) {
            new AtomicFile(path, Files.getPosixFilePermissions(source)).write(content);
        }
    }

    /**
     * Replaces the file with one that another program has written, in the same file system.
     *
     * @param made is renamed
     */
    public void replaceBy(Path made) throws IOException {
        Files.setPosixFilePermissions(made, mode);
        sync(made);
        Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
        sync(directory());
    }

    private Path draft() throws IOException {
        Path draft = path.resolveSibling("." + path.getFileName() + ".new");
        Files.deleteIfExists(draft);
        return draft;
    }

    private Path directory() {
        return path.toAbsolutePath().resolveSibling(".").normalize();
    }

    private static void fill(Path draft, Content content) throws IOException {
        try (OutputStream out =
                new BufferedOutputStream(
                        Channels.newOutputStream(
                                FileChannel.open(
                                        draft,
                                        Set.of(
                                                StandardOpenOption.CREATE_NEW,
                                                StandardOpenOption.WRITE),
                                        PosixFilePermissions.asFileAttribute(PRIVATE))))) {
            content.writeTo(out);
        }
    }

    /** fsync(2) takes a descriptor that can only read, too. */
    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
