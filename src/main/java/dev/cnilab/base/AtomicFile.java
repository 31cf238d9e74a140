package dev.cnilab.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is written atomically: a reader sees the complete old or the complete new content,
 * and the content is on disk before the file has its name. Only one process may write it at a time;
 * the temporary file of a killed process is overwritten.
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

    /** Writes the text in UTF-8, replacing the content. */
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    public void write(byte[] content) throws IOException {
        replace(out -> out.write(content));
    }

    public void write(InputStream content) throws IOException {
        replace(content::transferTo);
    }

    /** Copies the source's content and mode. */
    public void copyFrom(Path source) throws IOException {
        try (InputStream content = Files.newInputStream(source)) {
            new AtomicFile(path, Files.getPosixFilePermissions(source)).write(content);
        }
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private void replace(Content content) throws IOException {
        Path draft = path.resolveSibling("." + path.getFileName() + ".new");
        Files.deleteIfExists(draft);
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            draft,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(PRIVATE))) {
                content.writeTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            Files.setPosixFilePermissions(draft, mode);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
