package dev.cnilab.existing;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** Checks whether a cluster already has a CNI. */
final class OtherCni {

    /** Names of well-known CNIs' agents, each followed by a variable suffix. */
    private static final Pattern AGENT =
            Pattern.compile(
                    "(kube-flannel|kindnet|calico-node|canal|cilium|weave-net|antrea-agent"
                            + "|kube-router|aws-node|azure-cni|ovnkube-node|romana|multus)-.*");

    private OtherCni() {}

    /**
     * Refuses a cluster with a CNI.
     *
     * @throws Failure when a node is Ready, which requires a CNI, or a CNI's agent runs
     */
    static void refuse(KubernetesCluster api, String lab) throws IOException {
        List<String> agents =
                api.pods().stream()
                        .filter(pod -> pod.hostNetwork() && AGENT.matcher(pod.name()).matches())
                        .filter(pod -> !lab.equals(pod.labels().get(OwnedObjects.LABEL)))
                        .map(OtherCni::describe)
                        .toList();
        List<String> ready = api.nodes().stream().filter(Node::ready).map(Node::name).toList();
        if (agents.isEmpty() && ready.isEmpty()) {
            return;
        }
        throw new Failure(
                Failure.Kind.PREFLIGHT,
                "other-cni",
                "the cluster has a CNI already",
                (ready.isEmpty()
                                ? ""
                                : "Ready, as no node without a CNI is: "
                                        + String.join(", ", ready)
                                        + "\n")
                        + String.join("\n", agents),
                "use a cluster without one, such as kind with disableDefaultCNI; with --beside-other-cni"
                        + " lab installs its own nevertheless: new pods may get their network from"
                        + " either, and cannot reach existing ones");
    }

    private static String describe(Pod pod) {
        return pod.namespace() + "/" + pod.name() + " on " + pod.node().orElse("no node");
    }
}
