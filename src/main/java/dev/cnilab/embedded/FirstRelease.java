package dev.cnilab.embedded;

import dev.cnilab.embedded.node.ClusterNamespaces;
import dev.cnilab.embedded.node.ClusterPlan;
import dev.cnilab.embedded.node.NodePlan;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.OwnedNamespaces;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Migrates labs created by lab 0.1.0, which have a plan in their directory but no claims in the
 * machine's records.
 */
final class FirstRelease {

    private FirstRelease() {}

    /**
     * Claims the plan's namespaces for the lab. Not after a reboot, since which they are no longer
     * the lab's.
     */
    static void adopt(ClusterState state) throws IOException {
        Optional<Instant> planned = state.plannedByFirstRelease();
        if (planned.isEmpty()
                || planned.get().isBefore(started())
                || !Files.isDirectory(NetNamespace.DIRECTORY)) {
            return;
        }
        ClusterPlan plan = state.plan().orElseThrow();
        List<String> names = new ClusterNamespaces(plan, state.folder()).names();
        List<String> pods = plan.nodes().stream().map(NodePlan::name).map(n -> n + ".").toList();
        OwnedNamespaces owned = new OwnedNamespaces(state.folder());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(NetNamespace.DIRECTORY)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (names.contains(name) || pods.stream().anyMatch(name::startsWith)) {
                    owned.adopt(name);
                }
            }
        }
    }

    /** Returns the boot time: btime of /proc/stat, proc(5). */
    private static Instant started() throws IOException {
        return Files.readAllLines(Path.of("/proc/stat")).stream()
                .filter(line -> line.startsWith("btime "))
                .map(line -> Instant.ofEpochSecond(Long.parseLong(line.substring(6))))
                .findFirst()
                .orElseThrow(() -> new IOException("no btime in /proc/stat"));
    }
}
