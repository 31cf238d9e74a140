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
 * Removes the lab's CNI from the nodes of an existing cluster. The pods of others move away first,
 * while the plugin can still take back their network: without it they would stay Terminating.
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
     * @param force whether pods of others may be lost, and nodes that can't be reached left as they
     *     are
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
     * Leaves no pod of others on the CNI, nor lets one come. When that fails and no node is without
     * the CNI yet, the lab stays as it is.
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

    /** Those that have something of the lab, with a pod on each to reach it by. */
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
                        "the lab's CNI can't be removed from "
                                + lost
                                + ": no pod of lab runs there",
                        e.evidence(),
                        "repeat when the nodes are back; or: lab down "
                                + lab
                                + " --force, which leaves them as they are",
                        e);
            }
            progress.accept(lost + ": can't be reached, its CNI stays: " + e.evidence());
            return left.stream().filter(reachable::contains).toList();
        }
    }

    /**
     * Removes what agent and plugin left on the nodes.
     *
     * @throws Failure naming the nodes where that failed; the others are done
     */
    void uninstall(List<String> nodes) throws IOException {
        Map<String, String> failures = new ConcurrentSkipListMap<>();
        // A pod that the API shows no more may take some seconds to end.
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
                    "the lab's CNI can't be removed from "
                            + String.join(", ", failures.keySet())
                            + "; what remains is noted",
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

    /** Lets the cluster itself keep pods from the nodes. */
    void release() throws IOException {
        taint.liftWhenNotReady(time.times(NOT_READY));
    }
}
