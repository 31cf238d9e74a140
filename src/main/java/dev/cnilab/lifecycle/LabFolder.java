package dev.cnilab.lifecycle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where one lab keeps its state: its spec as it was brought up, the journal, keys, logs, the files
 * of its nodes. Only its owner can look inside.
 *
 * @param path {@code $XDG_STATE_HOME/lab/labs/NAME}
 */
public record LabFolder(Path path) {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");

    public String lab() {
        return path.getFileName().toString();
    }

    public boolean exists() {
        return Files.isDirectory(path);
    }

    public Path spec() {
        return path.resolve("lab.yaml");
    }

    public Path kubeconfig() {
        return path.resolve("kubeconfig");
    }

    public Journal journal() {
        return new Journal(path.resolve("journal.jsonl"));
    }

    public void create() throws IOException {
        Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }

    /**
     * Keeps every other lab command that changes this lab waiting until it is closed. The lock goes
     * with the process, however that ends.
     */
    public Lock lock() throws IOException {
        Files.createDirectories(path.getParent(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Path file = path.resolveSibling("." + lab() + ".lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return new Lock(channel, channel.lock());
    }

    /** Takes the folder away with all that is in it. Repeatable. */
    public void delete() throws IOException {
        if (!exists()) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(path)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }

    /** Holds the lab; see {@link #lock()}. */
    public static final class Lock implements AutoCloseable {

        private final FileChannel channel;
        private final FileLock lock;

        private Lock(FileChannel channel, FileLock lock) {
            this.channel = channel;
            this.lock = lock;
        }

        @Override
        public void close() throws IOException {
            lock.release();
            channel.close();
        }
    }
}
