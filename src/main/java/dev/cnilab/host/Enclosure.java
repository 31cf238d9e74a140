package dev.cnilab.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process sees instead of this machine's own: a network namespace, and files and directories
 * bound over the machine's in a mount namespace of its own. Everything else is the machine's.
 *
 * @param binds laid one after another; a target that this machine lacks is made in a temporary
 *     layer that only the process sees
 */
public record Enclosure(NetNamespace network, List<Bind> binds) {

    /** Every Linux has it; a process inside that wants another binds over it. */
    private static final Path SCRATCH = Path.of("/mnt");

    /**
     * @param source a file or directory that exists
     * @param target where the process sees it, absolute
     */
    public record Bind(Path source, Path target) {}

    public Enclosure {
        binds = List.copyOf(binds);
    }

    /** Starts the process inside; it ends up as a child of this one, like any other. */
    public Process start(Command command) throws IOException {
        return NetNamespace.onFreshThread(
                "enclosure-" + network.name(),
                () -> {
                    network.enter();
                    Mounts.unshare();
                    Mounts.sysfs();
                    for (Bind bind : binds) {
                        if (!Files.exists(bind.target())) {
                            makeTarget(bind);
                        }
                        Mounts.bind(bind.source(), bind.target());
                    }
                    return command.start();
                });
    }

    /**
     * Makes the mount point in an overlay over the nearest directory that exists: this machine's
     * own directory stays as it is, and the process still sees all that is in it.
     */
    private static void makeTarget(Bind bind) throws IOException {
        Path existing = nearestDirectory(bind.target());
        Mounts.tmpfs(SCRATCH);
        Path upper = Files.createDirectory(SCRATCH.resolve("upper"));
        Path work = Files.createDirectory(SCRATCH.resolve("work"));
        Mounts.overlay(existing, upper, work);
        Mounts.detach(SCRATCH);
        if (Files.isDirectory(bind.source())) {
            Files.createDirectories(bind.target());
        } else {
            Files.createDirectories(bind.target().resolveSibling(".").normalize());
            Files.createFile(bind.target());
        }
    }

    private static Path nearestDirectory(Path path) {
        Path parent = path.getParent();
        return parent == null || Files.isDirectory(path) ? path : nearestDirectory(parent);
    }
}
