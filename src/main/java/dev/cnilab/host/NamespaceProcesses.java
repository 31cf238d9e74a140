package dev.cnilab.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds and stops the processes that run in given network namespaces. */
public final class NamespaceProcesses {

    private NamespaceProcesses() {}

    /** Lists the processes whose main thread is in one of the namespaces. */
    public static List<ProcessIdentity> in(Collection<NetNamespace> namespaces) throws IOException {
        Set<String> identities = new HashSet<>();
        for (NetNamespace namespace : namespaces) {
            if (namespace.exists()) {
                identities.add("net:[" + Files.getAttribute(namespace.path(), "unix:ino") + "]");
            }
        }
        if (identities.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .filter(path -> namespaceOf(path).filter(identities::contains).isPresent())
                    .map(path -> Long.parseLong(path.getFileName().toString()))
                    .flatMap(pid -> ProcessIdentity.of(pid).stream())
                    .toList();
        }
    }

    /**
     * Stops all of them: SIGTERM, then SIGKILL for those still running after the grace period.
     *
     * @throws IOException when a process survives
     */
    public static void end(Collection<NetNamespace> namespaces, Duration grace) throws IOException {
        List<ProcessIdentity> processes = in(namespaces);
        for (ProcessIdentity process : processes) {
            ProcessHandle.of(process.pid())
                    .filter(handle -> process.isAlive())
                    .ifPresent(ProcessHandle::destroy);
        }
        long deadline = System.nanoTime() + grace.toNanos();
        for (ProcessIdentity process : processes) {
            process.end(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    private static Optional<String> namespaceOf(Path process) {
        try {
            return Optional.of(
                    Files.readSymbolicLink(process.resolve("ns/net")).getFileName().toString());
        } catch (IOException e) {
            return Optional.empty(); // it exited meanwhile
        }
    }
}
