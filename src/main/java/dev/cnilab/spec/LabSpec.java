package dev.cnilab.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A lab as described by its file. Instances are valid: only the loader creates them.
 *
 * @param nodes in the file's order
 * @param walkthrough path of its walkthrough file, relative to the lab's
 */
public record LabSpec(
        Metadata metadata,
        HostSpec host,
        NetworkSpec network,
        KubernetesSpec kubernetes,
        List<NodeSpec> nodes,
        RecorderSpec recorder,
        CniSpec cni,
        List<WorkloadSpec> workloads,
        VerifySpec verify,
        Optional<String> walkthrough) {

    public static final String API_VERSION = "cnilab.dev/v1";
    public static final String KIND = "Lab";

    public LabSpec {
        nodes = List.copyOf(nodes);
        workloads = List.copyOf(workloads);
    }

    /**
     * Returns the lab's name: a DNS label of at most {@value DnsLabel#LONGEST_LAB_NAME} characters.
     */
    public String name() {
        return metadata.name();
    }

    /** Returns the full names of the nodes, in the order of {@link #nodes()}. */
    public List<String> nodeNames() {
        return NodeSpec.names(name(), nodes);
    }

    /** Returns the full names of the nodes with that role. */
    public List<String> nodeNames(NodeSpec.Role role) {
        List<String> names = nodeNames();
        return Stream.iterate(0, i -> i < nodes.size(), i -> i + 1)
                .filter(i -> nodes.get(i).role() == role)
                .map(names::get)
                .toList();
    }

    /**
     * Whether both describe the same cluster: all but texts, verification and walkthrough, which
     * can change while the lab is up.
     */
    public boolean isSameCluster(LabSpec other) {
        return name().equals(other.name())
                && host.equals(other.host)
                && network.equals(other.network)
                && kubernetes.equals(other.kubernetes)
                && nodes.equals(other.nodes)
                && recorder.equals(other.recorder)
                && cni.equals(other.cni)
                && workloads.equals(other.workloads);
    }

    /**
     * Returns a copy with another name, from which its nodes' names are derived.
     *
     * @throws IllegalArgumentException when it is not a valid lab name
     */
    public LabSpec withName(String name) {
        LabName.require(name);
        return new LabSpec(
                metadata.withName(name),
                host,
                network,
                kubernetes,
                nodes,
                recorder,
                cni,
                workloads,
                verify,
                walkthrough);
    }

    /**
     * Returns a copy with another node image.
     *
     * @throws IllegalArgumentException when it is not a valid image name
     */
    public LabSpec withNodeImage(String image) {
        if (!image.matches(KubernetesSpec.IMAGE_PATTERN)) {
            throw new IllegalArgumentException("not an image: '" + image + "'");
        }
        return with(kubernetes.withImage(image));
    }

    /** Returns a copy whose cluster runs without DNS. */
    public LabSpec withoutDns() {
        return with(kubernetes.withoutDns());
    }

    /** Returns a copy without nodes, for an existing cluster, which has its own. */
    public LabSpec withoutNodes() {
        return with(List.of());
    }

    private LabSpec with(KubernetesSpec changed) {
        return new LabSpec(
                metadata,
                host,
                network,
                changed,
                nodes,
                recorder,
                cni,
                workloads,
                verify,
                walkthrough);
    }

    /**
     * Returns a copy with that number of nodes: workers are removed or added at the end.
     *
     * @throws IllegalArgumentException when there are more control planes than that, or the pod
     *     subnet is too small
     */
    public LabSpec withNodes(int count) {
        List<NodeSpec> changed =
                new ArrayList<>(
                        nodes.stream()
                                .filter(n -> n.role() == NodeSpec.Role.CONTROL_PLANE)
                                .toList());
        if (count < changed.size()) {
            throw new IllegalArgumentException(
                    "the lab has "
                            + changed.size()
                            + " control-plane nodes: it cannot have "
                            + count
                            + " nodes");
        }
        if (count > kubernetes.nodeCapacity()) {
            throw new IllegalArgumentException(
                    "podSubnet "
                            + kubernetes.podSubnet()
                            + " has room for "
                            + kubernetes.nodeCapacity()
                            + " nodes, not for "
                            + count);
        }
        nodes.stream()
                .filter(n -> n.role() == NodeSpec.Role.WORKER)
                .limit(count - changed.size())
                .forEach(changed::add);
        while (changed.size() < count) {
            changed.add(NodeSpec.worker());
        }
        return with(changed);
    }

    private LabSpec with(List<NodeSpec> changed) {
        return new LabSpec(
                metadata,
                host,
                network,
                kubernetes,
                changed,
                recorder,
                cni,
                workloads,
                verify,
                walkthrough);
    }
}
