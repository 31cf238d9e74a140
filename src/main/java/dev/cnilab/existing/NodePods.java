package dev.cnilab.existing;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.spec.Template;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The pods through which lab runs commands on nodes, one per node. */
final class NodePods {

    static final String NAMESPACE = "kube-system";
    static final String NAME = "lab-node";

    /** kind's prefix of context names, followed by the cluster's name. */
    private static final String KIND = "kind-";

    private static final Duration PULLED = Duration.ofMinutes(3);

    private final KubernetesCluster api;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    NodePods(KubernetesCluster api) {
        this.api = api;
    }

    static String manifest(String image) throws IOException {
        try (InputStream text =
                Objects.requireNonNull(
                        NodePods.class.getResourceAsStream("/existing/lab-node.yaml"))) {
            return new Template(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                    .fill(variable -> image);
        }
    }

    /**
     * Waits until there is one on every node.
     *
     * @param context of the kubeconfig by which the cluster is reached
     * @throws Failure when the nodes neither have the image nor can pull it
     */
    void await(String image, String context) throws IOException {
        if (!api.await(() -> everywhere() || !refused().isEmpty(), PULLED) || !everywhere()) {
            throw new Failure(
                    Failure.Kind.PROVIDER,
                    "image-not-in-nodes",
                    "nodes neither have the image " + image + " nor can pull it",
                    pods().stream()
                            .filter(pod -> !pod.ready())
                            .map(pod -> pod.node().orElse("no node") + ": " + pod.reason())
                            .collect(Collectors.joining("\n")),
                    "lab image save lab.tar, then "
                            + loading(context)
                            + "; or push it to a registry and pass its name there with"
                            + " --image");
        }
    }

    /** Returns the command that loads the archive into the nodes. */
    private static String loading(String context) {
        return context.startsWith(KIND)
                ? "kind load image-archive lab.tar --name " + context.substring(KIND.length())
                : "on each node: ctr -n k8s.io images import lab.tar";
    }

    boolean everywhere() throws IOException {
        return reachable().containsAll(api.nodes().stream().map(Node::name).toList());
    }

    /** Returns the nodes with a running pod. */
    Set<String> reachable() throws IOException {
        return pods().stream()
                .filter(Pod::ready)
                .flatMap(pod -> pod.node().stream())
                .collect(Collectors.toSet());
    }

    /** Lists pods whose image could not be pulled; kubelets keep trying, rarely with success. */
    private List<Pod> refused() throws IOException {
        return pods().stream()
                .filter(pod -> pod.reason().matches("(?s)(ImagePullBackOff|ErrImageNeverPull).*"))
                .toList();
    }

    /**
     * Returns the pod of a node.
     *
     * @throws Failure when it has none
     */
    String on(String node) throws IOException {
        String pod = known.get(node);
        if (pod == null) {
            pods().stream()
                    .filter(Pod::ready)
                    .forEach(each -> each.node().ifPresent(at -> known.put(at, each.name())));
            pod = known.get(node);
        }
        if (pod == null) {
            throw new Failure(
                    Failure.Kind.PROVIDER,
                    "no-node-pod",
                    "node " + node + " cannot be reached: it has no pod " + NAME,
                    "lab runs commands on nodes of an existing cluster through such pods",
                    "lab up creates them");
        }
        return pod;
    }

    private List<Pod> pods() throws IOException {
        return api.pods().stream()
                .filter(pod ->
                        pod.namespace().equals(NAMESPACE) && NAME.equals(pod.labels().get("app")))
                .toList();
    }
}
