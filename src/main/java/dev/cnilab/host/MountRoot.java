package dev.cnilab.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A private root directory in memory, for one thread, into which everything in this machine's root
 * is bound, so that new top-level directories can be added.
 */
final class MountRoot {

    private MountRoot() {}

    /**
     * Moves the calling thread, which must have unshared its mounts, and the processes it starts
     * into the new root.
     *
     * @param scratch a directory in the root, hidden inside
     */
    static void enter(Path scratch) throws IOException {
        Path old = scratch.getRoot();
        List<Path> entries;
        try (Stream<Path> list = Files.list(old)) {
            entries = list.toList();
        }
        Mounts.tmpfs(scratch);
        for (Path entry : entries) {
            Path copy = scratch.resolve(entry.getFileName());
            if (Files.isSymbolicLink(entry)) {
                Files.createSymbolicLink(copy, Files.readSymbolicLink(entry));
            } else if (entry.equals(scratch)) {
                Files.createDirectory(copy);
            } else if (Files.isDirectory(entry)) {
                Mounts.bind(entry, Files.createDirectory(copy));
            } else {
                Mounts.bind(entry, Files.createFile(copy));
            }
        }
        try (Arena arena = Arena.ofConfined()) {
            Syscall.CHROOT.call(
                    "chroot " + scratch, arena.allocateFrom(scratch.toString()).address());
            Syscall.CHDIR.call("chdir " + old, arena.allocateFrom(old.toString()).address());
        }
    }
}
