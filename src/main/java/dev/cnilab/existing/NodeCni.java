package dev.cnilab.existing;

import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Place;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Operates the lab's CNI on a node by running {@code lab cni} there. */
final class NodeCni {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Cluster cluster;

    NodeCni(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Returns the addresses of pods whose network the CNI set up. */
    List<String> addresses(String node) throws IOException {
        return succeed(node, "list").lines().map(line -> line.split(" ", -1)[0]).toList();
    }

    /** Makes the plugin refuse ADD from now on; it still serves DEL. */
    void cordon(String node) throws IOException {
        succeed(node, "cordon");
    }

    void uncordon(String node) throws IOException {
        succeed(node, "uncordon");
    }

    /**
     * Uninstalls the CNI.
     *
     * @param force whether to remove the network of remaining pods
     * @throws IOException naming the remaining pods without force; nothing is changed then
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
