package dev.cnilab.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A lab as its file describes it, valid in itself: the loader makes no other.
 *
 * @param nodes in the file's order
 * @param walkthrough the path of its walkthrough's file, relative to the lab's
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

    /** The lab's name: a DNS label of at most {@value DnsLabel#LONGEST_LAB_NAME} characters. */
    public String name() {
        return metadata.name();
    }

    /** The full names of the nodes, in the order of {@link #nodes()}. */
    public List<String> nodeNames() {
        return NodeSpec.names(name(), nodes);
    }

    /** The full names of the nodes with that role. */
    public List<String> nodeNames(NodeSpec.Role role) {
        List<String> names = nodeNames();
        return Stream.iterate(0, i -> i < nodes.size(), i -> i + 1)
                .filter(i -> nodes.get(i).role() == role)
                .map(names::get)
                .toList();
    }

    /**
     * The same lab under another name; its nodes' names follow.
     *
     * @throws IllegalArgumentException when it can't be a lab's name
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
     * The same lab on nodes of another image.
     *
     * @throws IllegalArgumentException when it can't be an image's name
     */
    public LabSpec withNodeImage(String image) {
        if (!image.matches(KubernetesSpec.IMAGE_PATTERN)) {
            throw new IllegalArgumentException("not an image: '" + image + "'");
        }
        return with(kubernetes.withImage(image));
    }

    /** The same lab in a cluster that does without DNS. */
    public LabSpec withoutDns() {
        return with(kubernetes.withoutDns());
    }

    /** The same lab on nodes that somebody else made and named: it has none of its own. */
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
     * The same lab with that many nodes: workers are dropped from the end or added there.
     *
     * @throws IllegalArgumentException when there are fewer than control planes, or more than the
     *     pod subnet has room for
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
                            + " control-plane nodes: it can't have "
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
