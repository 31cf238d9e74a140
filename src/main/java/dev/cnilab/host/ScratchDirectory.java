package dev.cnilab.host;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory in memory that only one thread, and the processes it starts, see: nothing is left of
 * it even where this process is killed meanwhile.
 */
public final class ScratchDirectory {

    /** Every Linux has it (Filesystem Hierarchy Standard 3.0, section 3.12). */
    static final Path PATH = Path.of("/mnt");

    /**
     * Work that finds the directory empty. It must not start threads, nor have a shared pool start
     * any, which would see this directory, and none of the mounts that come later, for good.
     */
    @FunctionalInterface
    public interface Work<T> {
        T run(Path directory) throws IOException;
    }

    private ScratchDirectory() {}

    /** Runs the work on a thread of its own and waits for it. */
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
