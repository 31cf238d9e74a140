package dev.cnilab.embedded.kubelet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A text file that is rotated when it is large; the previous one is kept as {@code NAME.1}. */
final class LogFile {

    /** Kubelets' default (containerLogMaxSize): 10 MiB. */
    static final long DEFAULT_LARGEST = 10 << 20;

    private final Path path;
    private final long largest;
    private OutputStream out;
    private long size;

    /**
     * Opens the file.
     *
     * @param largest size in bytes after which it is rotated
     */
    LogFile(Path path, long largest) throws IOException {
        this.path = path;
        this.largest = largest;
        out = open();
        size = Files.size(path);
    }

    /** Returns the name of the previous file. */
    static Path before(Path path) {
        return path.resolveSibling(path.getFileName() + ".1");
    }

    /** Appends all lines or, on a full disk, none. */
    synchronized void write(String lines) throws IOException {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        if (size > 0 && size + bytes.length > largest) {
            out.close();
            Files.move(path, before(path), StandardCopyOption.REPLACE_EXISTING);
            out = open();
            size = 0;
        }
        out.write(bytes);
        size += bytes.length;
    }

    private OutputStream open() throws IOException {
        return Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
