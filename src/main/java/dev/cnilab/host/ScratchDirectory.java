package dev.cnilab.host;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An in-memory directory that only one thread, and the processes it starts, can see: nothing
 * remains even when this process is killed.
 */
public final class ScratchDirectory {

    /** Exists on every Linux (Filesystem Hierarchy Standard 3.0, section 3.12). */
    static final Path PATH = Path.of("/mnt");

    /**
     * Work in the empty directory. It must not start threads or cause a shared pool to start any:
     * such threads would see this directory, and no later mounts of the machine, as long as they
     * live.
     */
    @FunctionalInterface
    public interface Work<T> {
        T run(Path directory) throws IOException;
    }

    private ScratchDirectory() {}

    /** Runs the work on its own thread and waits for it. */
    public static <T> T with(Work<T> work) throws IOException {
        return NetNamespace.onFreshThread(
                "scratch",
                () -> {
                    Mounts.unshare();
                    Mounts.tmpfs(PATH);
                    return work.run(PATH);
                });
    }
}
