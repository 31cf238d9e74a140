package dev.cnilab.kube.state;

import static java.lang.System.Logger.Level.ERROR;

import dev.cnilab.base.AtomicFile;
import dev.cnilab.kube.ChangeLog;
import dev.cnilab.kube.Contents;
import dev.cnilab.kube.WatchEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Persists a store's changes in an owner-only directory: {@code snapshot} and, since then, {@code
 * log.REVISION} files. Each change is one write, so it survives a killed process; only snapshots
 * are synced to disk (docs/decisions).
 */
public final class StateDirectory implements ChangeLog, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StateDirectory.class.getName());
    private static final String SNAPSHOT = "snapshot";
    private static final String PREFIX = "log.";

    private final Path folder;
    private final Contents contents;
    private final long limit;
    private FileChannel log;
    private long size;
    private boolean compacting;
    private boolean closed;

    private StateDirectory(Path folder, Contents contents, long limit) throws IOException {
        this.folder = folder;
        this.contents = contents;
        this.limit = limit;
        this.log = create(contents.revision());
        this.size = log.position();
    }

    /**
     * Restores the state of an earlier process, and starts a new log.
     *
     * @param limit size of a log in bytes at which a snapshot is written
     * @throws IOException when a file cannot be read, written or understood
     */
    public static StateDirectory open(Path folder, long limit) throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        List<Path> logs = logs(folder);
        Contents contents = Recovery.read(folder.resolve(SNAPSHOT), logs);
        if (!logs.isEmpty()) {
            writeSnapshot(folder, contents);
            for (Path log : logs) {
                Files.delete(log);
            }
        }
        return new StateDirectory(folder, contents, limit);
    }

    /** The restored contents. */
    public Contents contents() {
        return contents;
    }

    private static List<Path> logs(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .sorted(Comparator.comparingLong(StateDirectory::begin))
                    .toList();
        }
    }

    private static long begin(Path log) {
        return Long.parseLong(log.getFileName().toString().substring(PREFIX.length()));
    }

    private FileChannel create(long revision) throws IOException {
        FileChannel created =
                FileChannel.open(
                        folder.resolve(PREFIX + revision),
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        ByteBuffer header = ByteBuffer.wrap(LogRecord.header(revision));
        while (header.hasRemaining()) {
            created.write(header);
        }
        return created;
    }

    @Override
    public synchronized void record(WatchEvent event) throws IOException {
        if (closed) {
            return;
        }
        LogRecord line =
                new LogRecord(
                        event.revision(),
                        event.resource(),
                        event.type() == WatchEvent.Type.DELETED,
                        event.object());
        ByteBuffer bytes = ByteBuffer.wrap(line.bytes());
        int length = bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                log.write(bytes);
            }
            size += length;
        } catch (IOException e) {
            // Disk full: an incomplete line would hide all later ones.
            log.truncate(size).position(size);
            throw e;
        }
    }

    @Override
    public synchronized boolean full() {
        return size > limit && !compacting && !closed;
    }

    @Override
    public synchronized void compact(Contents now) {
        try {
            FileChannel next = create(now.revision());
            log.close();
            log = next;
            size = next.position();
            compacting = true;
            Thread.ofPlatform().daemon().name("snapshot").start(() -> snapshot(now));
        } catch (IOException e) {
            LOG.log(ERROR, "cannot begin a new log in " + folder, e);
        }
    }

    /** Writes a snapshot in the background; stored objects are immutable. */
    private void snapshot(Contents now) {
        try {
            writeSnapshot(folder, now);
            for (Path old : logs(folder)) {
                if (begin(old) < now.revision()) {
                    Files.delete(old);
                }
            }
        } catch (IOException e) {
            // The logs are kept and hold the same changes.
            LOG.log(ERROR, "cannot write a snapshot in " + folder, e);
        } finally {
            synchronized (this) {
                compacting = false;
                notifyAll();
            }
        }
    }

    private static void writeSnapshot(Path folder, Contents contents) throws IOException {
        AtomicFile.ownerOnly(folder.resolve(SNAPSHOT))
                .write(out -> {
                    out.write(LogRecord.header(contents.revision()));
                    for (var entry : contents.objects().entrySet()) {
                        for (var object : entry.getValue()) {
                            out.write(new LogRecord(0, entry.getKey(), false, object).bytes());
                        }
                    }
                });
    }

    /** Stops persisting changes; waits for a snapshot in progress. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        log.close();
        try {
            while (compacting) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
