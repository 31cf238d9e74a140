package dev.cnilab.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * {@link NetNamespace#DIRECTORY} as {@code ip netns} sets it up: a mount of its own whose mounts
 * reach processes that started before, so that they see namespaces which are made later.
 */
public final class NamespaceDirectory {

    /** There while the mount is this program's, for {@link #release()}; says what it is. */
    private static final Path MARK = Path.of("/run/.lab-netns");

    private static final String MOUNTED = "mounted by lab; removed with its last namespace\n";
    private static final String MADE = "made and " + MOUNTED;

    private static final String SHARED = "shared:";

    private static final int ATTEMPTS = 40;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private NamespaceDirectory() {}

    /** Repeatable. */
    public static void share() throws IOException {
        if (!isShared()) {
            Files.writeString(MARK, Files.exists(NetNamespace.DIRECTORY) ? MOUNTED : MADE);
            Files.createDirectories(NetNamespace.DIRECTORY);
            Mounts.bind(NetNamespace.DIRECTORY, NetNamespace.DIRECTORY);
            Mounts.makeShared(NetNamespace.DIRECTORY);
        }
    }

    /**
     * Removes the mount when {@link #share()} made it. Where others have namespaces in it by now,
     * it is left to them, as {@code ip netns} leaves it; where a process still uses it, to the next
     * release. Repeatable.
     */
    public static void release() throws IOException {
        if (!Files.exists(MARK)) {
            return;
        }
        if (isEmpty()) {
            if (!unmounted()) {
                return;
            }
            if (Files.readString(MARK).equals(MADE)) {
                Files.deleteIfExists(NetNamespace.DIRECTORY);
            }
        }
        Files.delete(MARK);
    }

    /** A process that lists the directory, as {@code ip netns} does, keeps it busy for a moment. */
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

    /** Fields of /proc/PID/mountinfo: proc_pid_mountinfo(5). */
    private static boolean isShared() throws IOException {
        // Names of other mounts are bytes of any sort.
        try (Stream<String> mounts =
                Files.lines(Path.of("/proc/self/mountinfo"), StandardCharsets.ISO_8859_1)) {
            return mounts.map(line -> line.split(" "))
                    .filter(fields -> fields[4].equals(NetNamespace.DIRECTORY.toString()))
                    .anyMatch(fields -> fields[6].startsWith(SHARED));
        }
    }
}
