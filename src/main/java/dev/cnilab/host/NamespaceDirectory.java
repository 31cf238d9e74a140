package dev.cnilab.host;

import dev.cnilab.base.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * {@link NetNamespace#DIRECTORY}, set up as {@code ip netns} does: a shared mount, so that
 * processes started earlier see namespaces that are created later.
 */
public final class NamespaceDirectory {

    /** Marker file that exists while the mount was made by this program; its text says so. */
    private static final Path MARK = Path.of("/run/.lab-netns");

    private static final String MOUNTED = "mounted by lab; removed with its last namespace\n";
    private static final String CREATED = "made and " + MOUNTED;

    private static final String SHARED = "shared:";

    private static final int ATTEMPTS = 40;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private NamespaceDirectory() {}

    /** Creates the directory and its shared mount if missing. Repeatable. */
    public static void share() throws IOException {
        if (!isShared()) {
            AtomicFile.ownerOnly(MARK)
                    .write(Files.exists(NetNamespace.DIRECTORY) ? MOUNTED : CREATED);
            Files.createDirectories(NetNamespace.DIRECTORY);
            Mounts.bind(NetNamespace.DIRECTORY, NetNamespace.DIRECTORY);
            Mounts.makeShared(NetNamespace.DIRECTORY);
        }
    }

    /**
     * Removes the mount when {@link #share()} made it and it is empty. With other tools' namespaces
     * in it, or in use by a process, it is kept until the next release. Repeatable.
     */
    public static void release() throws IOException {
        if (!Files.exists(MARK) || !isEmpty() || !unmounted()) {
            return;
        }
        if (Files.readString(MARK).equals(CREATED)) {
            Files.deleteIfExists(NetNamespace.DIRECTORY);
        }
        Files.delete(MARK);
    }

    /**
     * Unmounts, with retries: a process that lists the directory, as {@code ip netns} does, keeps
     * it busy for a moment.
     */
    private static boolean unmounted() throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            if (Mounts.unmountUnused(NetNamespace.DIRECTORY)) {
                return true;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return false;
    }

    private static boolean isEmpty() throws IOException {
        if (!Files.isDirectory(NetNamespace.DIRECTORY)) {
            return true;
        }
        try (Stream<Path> names = Files.list(NetNamespace.DIRECTORY)) {
            return names.findAny().isEmpty();
        }
    }

    /** Checks the optional fields of /proc/self/mountinfo: proc_pid_mountinfo(5). */
    private static boolean isShared() throws IOException {
        // Paths of other mounts may hold any bytes, also invalid UTF-8.
        try (Stream<String> mounts =
                Files.lines(Path.of("/proc/self/mountinfo"), StandardCharsets.ISO_8859_1)) {
            return mounts.map(line -> line.split(" "))
                    .filter(fields -> fields[4].equals(NetNamespace.DIRECTORY.toString()))
                    .anyMatch(fields -> fields[6].startsWith(SHARED));
        }
    }
}
