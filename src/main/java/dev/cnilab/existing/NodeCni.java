package dev.cnilab.existing;

import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Place;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The lab's CNI on a node, by the commands {@code lab cni} there. */
final class NodeCni {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Cluster cluster;

    NodeCni(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The addresses of the pods that have their network from it. */
    List<String> addresses(String node) throws IOException {
        return succeed(node, "list").lines().map(line -> line.split(" ", -1)[0]).toList();
    }

    /** From here on it gives no pod a network, and takes back what pods have. */
    void cordon(String node) throws IOException {
        succeed(node, "cordon");
    }

    void uncordon(String node) throws IOException {
        succeed(node, "uncordon");
    }

    /**
     * @param force whether the network of pods that have theirs from it is removed, too
     * @throws IOException saying which pods have, when there is no force; nothing is changed then
     */
    void uninstall(String node, boolean force) throws IOException {
        if (force) {
            succeed(node, "uninstall", "--force");
        } else {
            succeed(node, "uninstall");
        }
    }

    private String succeed(String node, String... command) throws IOException {
        List<String> argv = new ArrayList<>(List.of("lab", "cni"));
        argv.addAll(List.of(command));
        ExecResult result = cluster.exec(new Place.OnNode(node), argv, PATIENCE);
        if (!result.ok()) {
            throw new IOException(node + ": " + result.describe());
        }
        return result.stdout();
    }
}
