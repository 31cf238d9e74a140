package dev.cnilab.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
     * it is left to them, as {@code ip netns} leaves it. Repeatable.
     */
    public static void release() throws IOException {
        if (Files.exists(MARK)) {
            if (isEmpty() && Mounts.unmountUnused(NetNamespace.DIRECTORY)) {
                if (Files.readString(MARK).equals(MADE)) {
                    Files.deleteIfExists(NetNamespace.DIRECTORY);
                }
            }
            Files.delete(MARK);
        }
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
