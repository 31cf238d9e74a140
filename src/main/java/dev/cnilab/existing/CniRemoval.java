package dev.cnilab.existing;

import dev.cnilab.base.Failure;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * Removes the lab's CNI from the nodes of an existing cluster. Other users' pods are evicted first,
 * while the plugin can still delete their network: without it they would stay Terminating.
 */
final class CniRemoval {

    private static final Duration EVICTION = Duration.ofMinutes(2);
    private static final Duration UNINSTALL = Duration.ofMinutes(1);
    private static final Duration NOT_READY = Duration.ofMinutes(1);

    private final String lab;
    private final Removal removal;
    private final KubernetesCluster api;
    private final ExistingCluster cluster;
    private final boolean force;
    private final TimeFactor time;
    private final Consumer<String> progress;
    private final NodeCni cni;
    private final RemovalTaint taint;

    /**
     * Creates the removal.
     *
     * @param force whether other users' pods may be lost, and unreachable nodes left as they are
     */
    CniRemoval(
            ExistingState state,
            KubernetesCluster api,
            ExistingCluster cluster,
            boolean force,
            TimeFactor time,
            Consumer<String> progress) {
        this.lab = state.lab();
        this.removal = state.removal();
        this.api = api;
        this.cluster = cluster;
        this.force = force;
        this.time = time;
        this.progress = progress;
        this.cni = new NodeCni(cluster);
        this.taint = new RemovalTaint(api, lab);
    }

    /**
     * Evicts other users' pods from the CNI and prevents new ones. When that fails before any
     * node's CNI was removed, the lab stays usable.
     *
     * @return the nodes whose CNI is to be uninstalled
     * @throws Failure naming the pods or the nodes that prevent it
     */
    List<String> evacuate() throws IOException {
        List<String> nodes = reach();
        Evacuation evacuation = new Evacuation(api, cni, lab, progress);
        if (!force) {
            evacuation.refuseLoss(nodes);
        }
        removal.begin();
        try {
            taint.put();
            Parallel.forEach(nodes, cni::cordon);
            evacuation.run(nodes, force, time.times(EVICTION));
        } catch (IOException | RuntimeException e) {
            if (removal.done().isEmpty()) {
                cancel(nodes, e);
            }
            throw e;
        }
        return nodes;
    }

    private void cancel(List<String> nodes, Exception reason) {
        try {
            Parallel.forEach(nodes, cni::uncordon);
            taint.lift();
            removal.cancel();
        } catch (IOException | RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /**
     * Returns the nodes with parts of the lab; each must have a pod through which it is reached.
     */
    private List<String> reach() throws IOException {
        List<String> done = removal.done();
        List<String> left =
                api.nodes().stream().map(Node::name).filter(node -> !done.contains(node)).toList();
        if (cluster.reachable().containsAll(left)) {
            return left;
        }
        try {
            cluster.image().load();
            return left;
        } catch (Failure e) {
            Set<String> reachable = cluster.reachable();
            String lost =
                    String.join(
                            ", ", left.stream().filter(node -> !reachable.contains(node)).toList());
            if (!force) {
                throw new Failure(
                        Failure.Kind.PROVIDER,
                        "nodes-unreachable",
                        "cannot remove the lab's CNI from " + lost + ": no pod of lab runs there",
                        e.evidence(),
                        "repeat when the nodes are reachable; or: lab down "
                                + lab
                                + " --force, which leaves them as they are",
                        e);
            }
            progress.accept(lost + ": cannot be reached, its CNI stays: " + e.evidence());
            return left.stream().filter(reachable::contains).toList();
        }
    }

    /**
     * Uninstalls agent and plugin from the nodes.
     *
     * @throws Failure naming the nodes where that failed; it succeeded on the others
     */
    void uninstall(List<String> nodes) throws IOException {
        Map<String, String> failures = new ConcurrentSkipListMap<>();
        // A pod that is gone from the API may take some seconds to exit.
        boolean gone =
                api.await(
                        () -> {
                            List<String> done = removal.done();
                            failures.clear();
                            Parallel.forEach(
                                    nodes.stream().filter(node -> !done.contains(node)).toList(),
                                    node -> uninstall(node, failures));
                            return failures.isEmpty();
                        },
                        time.times(UNINSTALL));
        if (!gone) {
            throw new Failure(
                    Failure.Kind.PROVIDER,
                    "cni-not-removed",
                    "cannot remove the lab's CNI from "
                            + String.join(", ", failures.keySet())
                            + "; the remaining parts are recorded",
                    String.join("\n", failures.values()),
                    "repeat: lab down "
                            + lab
                            + ", which continues; or: lab down "
                            + lab
                            + " --force, which removes the network of those pods, too");
        }
    }

    private void uninstall(String node, Map<String, String> failures) throws IOException {
        try {
            cni.uninstall(node, force);
        } catch (IOException e) {
            failures.put(node, String.valueOf(e.getMessage()));
            return;
        }
        removal.done(node);
    }

    /** Removes the lab's taint once the cluster itself keeps pods off the nodes. */
    void release() throws IOException {
        taint.liftWhenNotReady(time.times(NOT_READY));
    }
}
