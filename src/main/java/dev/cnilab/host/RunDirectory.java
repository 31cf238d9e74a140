package dev.cnilab.host;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What labs note of this machine as a whole, those of every user and every state home. It is its
 * owner's alone, and gone after a reboot, as is what it tells of.
 */
public final class RunDirectory {

    public static final Path PATH = Path.of("/run/lab");

    private RunDirectory() {}

    /** Keeps every other process that changes these notes waiting until it is closed. */
    public static LockFile lock() throws IOException {
        return LockFile.hold(PATH.resolve("lock"));
    }

    /** Removes the directory once nothing is noted; repeatable. */
    public static void prune() throws IOException {
        try {
            Files.deleteIfExists(PATH);
        } catch (DirectoryNotEmptyException e) {
            // Another lab has notes in it.
        }
    }
}
