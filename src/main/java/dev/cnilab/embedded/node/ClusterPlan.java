package dev.cnilab.embedded.node;

import dev.cnilab.cluster.Node;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.NodeSpec;
import dev.cnilab.spec.RecorderSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The plan of the embedded cluster, from which its background process builds it.
 *
 * @param gateway4 the outside's address on the network of the nodes, with the network's length
 * @param gateway6 likewise
 * @param version of Kubernetes, as nodes report it
 * @param recorderNode whose netlink events are recorded
 * @param recorderFile the log's path in that node
 */
public record ClusterPlan(
        String lab,
        Ipv4Prefix gateway4,
        Ipv6Prefix gateway6,
        Ipv4Prefix podSubnet,
        Ipv4Prefix serviceSubnet,
        String version,
        String recorderNode,
        String recorderFile,
        List<NodePlan> nodes) {

    public ClusterPlan {
        nodes = List.copyOf(nodes);
    }

    /**
     * Creates the plan; nodes get the addresses after the gateway's, in their order, as Docker
     * assigns them.
     */
    public static ClusterPlan of(LabSpec spec) {
        Ipv4Prefix subnet4 = spec.network().ipv4().subnet();
        Ipv6Prefix subnet6 = spec.network().ipv6().subnet();
        Ipv4Prefix gateway4 = new Ipv4Prefix(spec.network().ipv4().gateway(), subnet4.length());
        Ipv6Prefix gateway6 = spec.network().ipv6().gateway();
        List<NodePlan> nodes = new ArrayList<>();
        int index = 0;
        for (String name : spec.nodeNames()) {
            NodeSpec.Role role = spec.nodes().get(nodes.size()).role();
            Ipv4Prefix ipv4;
            Ipv6Prefix ipv6;
            do {
                index++;
                ipv4 = new Ipv4Prefix(subnet4.host(index), subnet4.length());
                ipv6 = subnet6.host(index);
            } while (ipv4.equals(gateway4) || ipv6.equals(gateway6));
            nodes.add(new NodePlan(name, role(role), ipv4, ipv6));
        }
        RecorderSpec recorder = spec.recorder();
        return new ClusterPlan(
                spec.name(),
                gateway4,
                gateway6,
                spec.kubernetes().podSubnet(),
                spec.kubernetes().serviceSubnet(),
                spec.kubernetes().version(),
                spec.nodeNames(recorder.node()).getFirst(),
                recorder.file(),
                nodes);
    }

    /** Returns the node at which the Kubernetes API is reached. */
    public NodePlan controlPlane() {
        return nodes.stream()
                .filter(node -> node.role() == Node.Role.CONTROL_PLANE)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("there is no control plane in " + lab));
    }

    private static Node.Role role(NodeSpec.Role role) {
        return switch (role) {
            case CONTROL_PLANE -> Node.Role.CONTROL_PLANE;
            case WORKER -> Node.Role.WORKER;
        };
    }
}
