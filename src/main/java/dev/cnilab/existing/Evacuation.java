package dev.cnilab.existing;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Evicts other users' pods from the lab's CNI while it can still delete their network. Their
 * replacements are Pending until the cluster has another CNI.
 */
final class Evacuation {

    /** Phases of finished pods, whose address in the API may belong to another pod by now. */
    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

    private final KubernetesCluster api;
    private final NodeCni cni;
    private final String lab;
    private final Consumer<String> progress;
    private final Set<String> reported = new TreeSet<>();

    Evacuation(KubernetesCluster api, NodeCni cni, String lab, Consumer<String> progress) {
        this.api = api;
        this.cni = cni;
        this.lab = lab;
        this.progress = progress;
    }

    /**
     * Refuses to lose pods.
     *
     * @throws Failure when there are pods that no controller would replace
     */
    void refuseLoss(List<String> nodes) throws IOException {
        List<Pod> lost = new ArrayList<>();
        for (Pod pod : pods(nodes)) {
            if (!api.evictions().hasController(pod)) {
                lost.add(pod);
            }
        }
        if (!lost.isEmpty()) {
            throw new Failure(
                    Failure.Kind.PROVIDER,
                    "pods-without-controller",
                    "pods of other users have their network from the lab's CNI, and nothing"
                            + " would replace them",
                    describe(lost),
                    "delete them, or: lab down " + lab + " --force, which deletes them, too");
        }
    }

    /**
     * Evicts pods until no other user's pod has its network from the CNI of these nodes.
     *
     * @param force whether to delete pods that a PodDisruptionBudget protects
     * @throws Failure when some remain after that time
     */
    void run(List<String> nodes, boolean force, Duration patience) throws IOException {
        List<Pod> left = new ArrayList<>();
        boolean gone =
                api.await(
                        () -> {
                            left.clear();
                            left.addAll(pods(nodes));
                            Parallel.forEach(left, pod -> evict(pod, force));
                            return left.isEmpty();
                        },
                        patience);
        if (gone) {
            return;
        }
        if (force) {
            for (var pod : left) {
                report("%s does not terminate: its network is removed".formatted(describe(pod)));
            }
        } else {
            throw new Failure(
                    Failure.Kind.PROVIDER,
                    "pods-not-evicted",
                    "pods of other users still have their network from the lab's CNI after "
                            + patience.toSeconds()
                            + " s",
                    describe(left),
                    "check their PodDisruptionBudgets and finalizers, then repeat: lab down "
                            + lab
                            + "; or: lab down "
                            + lab
                            + " --force, which deletes them");
        }
    }

    private void evict(Pod pod, boolean force) throws IOException {
        if (pod.phase().equals("Terminating")) {
            return;
        }
        if (api.evictions().evict(pod)) {
            report(describe(pod) + ": evicted");
        } else if (force) {
            api.evictions().delete(pod);
            report(describe(pod) + ": deleted despite its PodDisruptionBudget");
        } else {
            report(describe(pod) + ": its PodDisruptionBudget does not allow the eviction yet");
        }
    }

    private synchronized void report(String line) {
        if (reported.add(line)) {
            progress.accept(line);
        }
    }

    /**
     * Lists other users' pods by the nodes' own data: another CNI may assign addresses there, too.
     */
    private List<Pod> pods(List<String> nodes) throws IOException {
        Map<String, List<String>> addresses = new HashMap<>();
        List<List<String>> all = Parallel.map(nodes, cni::addresses);
        for (int i = 0; i < nodes.size(); i++) {
            addresses.put(nodes.get(i), all.get(i));
        }
        return api.pods().stream()
                .filter(pod -> !pod.hostNetwork() && !FINISHED.contains(pod.phase()))
                .filter(pod -> !lab.equals(pod.labels().get(OwnedObjects.LABEL)))
                .filter(pod ->
                        addresses
                                .getOrDefault(pod.node().orElse(""), List.of())
                                .contains(pod.ip().map(Ipv4Address::toString).orElse("")))
                .toList();
    }

    private static String describe(List<Pod> pods) {
        return pods.stream().map(Evacuation::describe).collect(Collectors.joining("\n"));
    }

    private static String describe(Pod pod) {
        return "pod "
                + pod.namespace()
                + "/"
                + pod.name()
                + " on "
                + pod.node().orElse("no node")
                + pod.ip().map(ip -> " (" + ip + ")").orElse("");
    }
}
