package dev.cnilab.host;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of machine-wide records, shared by the labs of all users and state directories.
 * Only its owner can read it, and it disappears on reboot, as do the namespaces and sysctls that it
 * describes.
 */
public final class RunDirectory {

    public static final Path PATH = Path.of("/run/lab");

    private RunDirectory() {}

    /** Locks the records against other processes until the returned lock is closed. */
    public static LockFile lock() throws IOException {
        return LockFile.hold(PATH.resolve("lock"));
    }

    /** Removes the directory when it is empty. Repeatable. */
    public static void prune() throws IOException {
        try {
            Files.deleteIfExists(PATH);
        } catch (DirectoryNotEmptyException e) {
            // Another lab has records in it.
        }
    }
}
