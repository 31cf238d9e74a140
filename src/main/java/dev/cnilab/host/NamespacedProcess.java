package dev.cnilab.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The isolation of a process: a network namespace, a mount namespace in which files and directories
 * are bound over this machine's, and a host name. Everything else is shared with this machine.
 *
 * @param binds mounted in order; a target that this machine lacks is created in a temporary layer
 *     that only the process sees
 * @param hostname empty to keep this machine's
 */
public record NamespacedProcess(NetNamespace network, List<Bind> binds, String hostname) {

    private static final int CLONE_NEWUTS = 0x04000000;

    /** A process that needs its own content there gets a bind over it. */
    private static final Path SCRATCH = ScratchDirectory.PATH;

    /**
     * A bind mount.
     *
     * @param source a file or directory that exists
     * @param target where the process sees it, absolute
     */
    public record Bind(Path source, Path target) {}

    public NamespacedProcess {
        binds = List.copyOf(binds);
    }

    /** Keeps this machine's host name. */
    public NamespacedProcess(NetNamespace network, List<Bind> binds) {
        this(network, binds, "");
    }

    /** Starts the process in the namespaces, as a child of this process. */
    public Process start(Command command) throws IOException {
        return NetNamespace.onFreshThread(
                "enclosure-" + network.name(),
                () -> {
                    network.enter();
                    Mounts.unshare();
                    Mounts.sysfs();
                    bindAll();
                    setHostname();
                    return command.start();
                });
    }

    private void setHostname() throws IOException {
        if (!hostname.isEmpty()) {
            byte[] name = hostname.getBytes(StandardCharsets.UTF_8);
            Syscall.UNSHARE.call("unshare UTS namespace", CLONE_NEWUTS);
            try (Arena arena = Arena.ofConfined()) {
                Syscall.SETHOSTNAME.call(
                        "set host name " + hostname,
                        arena.allocateFrom(ValueLayout.JAVA_BYTE, name).address(),
                        name.length);
            }
        }
    }

    /**
     * Mounts all binds. Opens every source first, since an earlier target may hide it; opened
     * later, writes would go to the layer above it.
     */
    private void bindAll() throws IOException {
        List<Fd> sources = new ArrayList<>();
        try {
            for (Bind bind : binds) {
                sources.add(Fd.open(bind.source(), Fd.O_PATH));
            }
            makeTargets();
            for (int i = 0; i < binds.size(); i++) {
                Mounts.bind(sources.get(i), binds.get(i).target());
            }
        } finally {
            sources.forEach(Fd::close);
        }
    }

    /**
     * Creates missing targets before the first bind: an overlay hides binds that exist below it.
     */
    private void makeTargets() throws IOException {
        List<Path> missing =
                binds.stream()
                        .map(NamespacedProcess::topDirectory)
                        .filter(Files::notExists)
                        .toList();
        if (!missing.isEmpty()) {
            MountRoot.enter(SCRATCH);
        }
        for (Bind bind : binds) {
            if (isBelowAnother(bind) || Files.exists(bind.target())) {
                continue;
            }
            if (!missing.contains(topDirectory(bind))) {
                layOver(nearestDirectory(bind.target()));
            }
            makeMountPoint(bind);
        }
    }

    /**
     * Checks whether the target lies in another bind's target and so can only exist in that one's
     * source.
     */
    private boolean isBelowAnother(Bind bind) {
        return binds.stream()
                .anyMatch(other ->
                        !other.target().equals(bind.target())
                                && bind.target().startsWith(other.target()));
    }

    /**
     * Mounts an overlay over a directory: the machine's own stays unchanged, and the process still
     * sees its content.
     */
    private static void layOver(Path directory) throws IOException {
        Mounts.tmpfs(SCRATCH);
        Path upper = Files.createDirectory(SCRATCH.resolve("upper"));
        Path work = Files.createDirectory(SCRATCH.resolve("work"));
        Mounts.overlay(directory, upper, work);
        Mounts.detach(SCRATCH);
    }

    private static void makeMountPoint(Bind bind) throws IOException {
        if (Files.isDirectory(bind.source())) {
            Files.createDirectories(bind.target());
        } else {
            Files.createDirectories(bind.target().resolveSibling(".").normalize());
            Files.createFile(bind.target());
        }
    }

    /** Returns the target's top-level directory; an overlay cannot be mounted over the root. */
    private static Path topDirectory(Bind bind) {
        return Path.of("/").resolve(bind.target().getName(0));
    }

    private static Path nearestDirectory(Path path) {
        Path parent = path.getParent();
        return parent == null || Files.isDirectory(path) ? path : nearestDirectory(parent);
    }
}
