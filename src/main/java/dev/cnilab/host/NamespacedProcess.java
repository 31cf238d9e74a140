package dev.cnilab.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The isolation of a process: a network namespace, a mount namespace in which files and directories
 * are bound over this machine's, and a host name. Everything else is shared with this machine.
 *
 * @param binds mounted in order; a target that this machine lacks is created in a temporary layer
 *     that only the process sees
 * @param hostname empty to keep this machine's
 * @param confinement empty for a process with all privileges of this one
 */
public record NamespacedProcess(
        NetNamespace network,
        List<Bind> binds,
        String hostname,
        Optional<Confinement> confinement) {

    private static final int CLONE_NEWUTS = 0x04000000;

    /** A process that needs its own content there gets a bind over it. */
    private static final Path SCRATCH = ScratchDirectory.PATH;

    /**
     * A bind mount.
     *
     * @param source a file or directory that exists
     * @param target where the process sees it, absolute
     * @param readOnly with the mounts below it
     */
    public record Bind(Path source, Path target, boolean readOnly) {

        /** A bind that the process can write to. */
        public Bind(Path source, Path target) {
            this(source, target, false);
        }
    }

    /** A bind whose source is open, so that it can be mounted even when its path is hidden. */
    private record OpenBind(Fd source, Path target) {}

    public NamespacedProcess {
        binds = List.copyOf(binds);
    }

    /** Keeps this process's privileges. */
    public NamespacedProcess(NetNamespace network, List<Bind> binds, String hostname) {
        this(network, binds, hostname, Optional.empty());
    }

    /** Keeps this machine's host name, too. */
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
                    if (confinement.isPresent()) {
                        confine(confinement.get());
                    }
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

    private void confine(Confinement limits) throws IOException {
        for (Bind bind : binds) {
            if (bind.readOnly()) {
                Mounts.makeReadOnly(bind.target());
            }
        }
        if (limits.readOnlyRoot()) {
            Mounts.makeRootReadOnly(
                    Stream.concat(
                                    Confinement.KERNEL_MOUNTS.stream(),
                                    binds.stream()
                                            .filter(bind -> !bind.readOnly())
                                            .map(Bind::target))
                            .toList());
        }
        // This process's may be one that the user may not search.
        enter(limits.directory());
        limits.privileges().apply();
    }

    private static void enter(Path directory) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Syscall.CHDIR.call(
                    "chdir " + directory, arena.allocateFrom(directory.toString()).address());
        }
    }

    /**
     * Mounts all binds. Opens every source first, since an earlier target may hide it; opened
     * later, writes would go to the layer above it.
     */
    private void bindAll() throws IOException {
        List<OpenBind> open = new ArrayList<>();
        List<Path> accessible = confinement.map(Confinement::accessible).orElse(List.of());
        try (ClosedDirectories closed = ClosedDirectories.before(accessible)) {
            for (Bind bind : binds) {
                open.add(new OpenBind(Fd.open(bind.source(), Fd.O_PATH), bind.target()));
            }
            closed.replace();
            makeTargets(open);
            for (OpenBind bind : open) {
                Mounts.bind(bind.source(), bind.target());
            }
        } finally {
            open.forEach(bind -> bind.source().close());
        }
    }

    /**
     * Creates missing targets before the first bind: an overlay hides binds that exist below it.
     */
    private void makeTargets(List<OpenBind> open) throws IOException {
        List<Path> missing =
                binds.stream()
                        .map(bind -> topDirectory(bind.target()))
                        .filter(Files::notExists)
                        .toList();
        if (!missing.isEmpty()) {
            MountRoot.enter(SCRATCH);
        }
        for (OpenBind bind : open) {
            Path target = bind.target();
            if (isBelowAnother(target) || Files.exists(target)) {
                continue;
            }
            if (!missing.contains(topDirectory(target))) {
                layOver(nearestDirectory(target));
            }
            bind.source().makeMountPoint(target);
        }
    }

    /**
     * Checks whether the target lies in another bind's target and so can only exist in that one's
     * source.
     */
    private boolean isBelowAnother(Path target) {
        return binds.stream()
                .map(Bind::target)
                .anyMatch(other -> !other.equals(target) && target.startsWith(other));
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

    /** Returns the target's top-level directory; an overlay cannot be mounted over the root. */
    private static Path topDirectory(Path target) {
        return Path.of("/").resolve(target.getName(0));
    }

    private static Path nearestDirectory(Path path) {
        Path parent = path.getParent();
        return parent == null || Files.isDirectory(path) ? path : nearestDirectory(parent);
    }
}
