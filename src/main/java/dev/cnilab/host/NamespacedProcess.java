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
 * What a process sees instead of this machine's own: a network namespace, files and directories
 * bound over the machine's in a mount namespace of its own, and a host name. Everything else is the
 * machine's.
 *
 * @param binds laid one after another; a target that this machine lacks is made in a temporary
 *     layer that only the process sees
 * @param hostname empty for the machine's
 */
public record NamespacedProcess(NetNamespace network, List<Bind> binds, String hostname) {

    private static final int CLONE_NEWUTS = 0x04000000;

    /** A process inside that wants another binds over it. */
    private static final Path SCRATCH = ScratchDirectory.PATH;

    /**
     * @param source a file or directory that exists
     * @param target where the process sees it, absolute
     */
    public record Bind(Path source, Path target) {}

    public NamespacedProcess {
        binds = List.copyOf(binds);
    }

    /** With the machine's host name. */
    public NamespacedProcess(NetNamespace network, List<Bind> binds) {
        this(network, binds, "");
    }

    /** Starts the process inside; it ends up as a child of this one, like any other. */
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
     * Opens every source first: a target may hide it, and in a layer over it what is written would
     * stay there.
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

    /** Before the first bind: an overlay hides what is bound below it. */
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

    /** What it is bound on is in the other's source, if anywhere. */
    private boolean isBelowAnother(Bind bind) {
        return binds.stream()
                .anyMatch(other ->
                        !other.target().equals(bind.target())
                                && bind.target().startsWith(other.target()));
    }

    /** This machine's own directory stays as it is, and the process still sees all in it. */
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

    /** The directory of the root that the target is in; an overlay can't be laid over the root. */
    private static Path topDirectory(Bind bind) {
        return Path.of("/").resolve(bind.target().getName(0));
    }

    private static Path nearestDirectory(Path path) {
        Path parent = path.getParent();
        return parent == null || Files.isDirectory(path) ? path : nearestDirectory(parent);
    }
}
