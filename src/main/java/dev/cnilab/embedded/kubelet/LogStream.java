package dev.cnilab.embedded.kubelet;

import dev.cnilab.kube.PodAccess.LogOptions;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A container's log without the log format, from one of its files; follows it while the container
 * runs.
 */
final class LogStream extends InputStream {

    private static final long POLL_MILLIS = 100;

    private final Path path;
    private InputStream file;
    private @Nullable Object inode;
    private final LogOptions options;
    private final BooleanSupplier running;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private ByteArrayInputStream ready;
    private long left;
    private volatile boolean closed;

    /**
     * Opens a log.
     *
     * @param running whether more may come
     */
    LogStream(Path path, LogOptions options, BooleanSupplier running) throws IOException {
        this.options = options;
        this.running = running;
        this.left = options.limitBytes().orElse(Long.MAX_VALUE);
        this.path = path;
        this.inode = inode(path);
        this.file = new BufferedInputStream(Files.newInputStream(path));
        this.ready = new ByteArrayInputStream(new byte[0]);
        if (options.tailLines().isPresent()) {
            ready = bytes(tail(path, options.tailLines().getAsInt()));
        }
    }

    /** Returns the last lines, and positions the stream after them. */
    private String tail(Path path, int count) throws IOException {
        long size = Files.size(path);
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader reader = Files.newBufferedReader(path);
                Stream<String> lines = reader.lines()) {
            long read = 0;
            for (Iterator<String> each = lines.iterator(); read < size && each.hasNext(); ) {
                String text = each.next();
                read += text.getBytes(StandardCharsets.UTF_8).length + 1;
                LogLine.parse(text)
                        .filter(parsed -> parsed.matches(options))
                        .ifPresent(parsed -> last.add(parsed.print(options)));
                if (last.size() > count) {
                    last.removeFirst();
                }
            }
            file.skipNBytes(Math.min(read, Files.size(path)));
        }
        return String.join("", last);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left <= 0 || !fill()) {
            return -1;
        }
        int count = ready.read(buffer, offset, (int) Math.min(length, left));
        left -= count;
        return count;
    }

    @Override
    public int available() {
        return ready.available();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        file.close();
    }

    /** Waits for the next matching line; false at the end. */
    private boolean fill() throws IOException {
        while (ready.available() == 0) {
            boolean more = options.follow() && running.getAsBoolean();
            int next = closed ? -1 : file.read();
            if (next < 0) {
                if (closed || !rotated() && (!more || !pause())) {
                    return false;
                }
            } else if (next == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                line.reset();
                LogLine.parse(text)
                        .filter(parsed -> parsed.matches(options))
                        .ifPresent(parsed -> ready = bytes(parsed.print(options)));
            } else {
                line.write(next);
            }
        }
        return true;
    }

    /** Continues with the new file after a rotation, once the old one is read to its end. */
    private boolean rotated() throws IOException {
        Object now = inode(path);
        if (Objects.equals(now, inode)) {
            return false;
        }
        file.close();
        file = new BufferedInputStream(Files.newInputStream(path));
        inode = now;
        return true;
    }

    private static @Nullable Object inode(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean pause() {
        try {
            Thread.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
