package dev.cnilab.spec;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The variables of expectations, written as a dollar sign and a name in braces. {@code pod} and
 * {@code node} are where the command runs or the packet starts; {@code to.pod} and {@code to.node}
 * its destination: the pod called or answering and its node, or with a node port the node
 * addressed.
 */
public enum Variable {
    LAB_NAME("lab.name", Scope.LAB, "the lab's name"),
    POD_SUBNET("podSubnet", Scope.LAB, "the pods' network, 10.244.0.0/16"),
    POD_SUBNET_ADDRESS("podSubnet.address", Scope.LAB, "its network address"),
    POD_SUBNET_NETMASK("podSubnet.netmask", Scope.LAB, "its netmask"),
    SERVICE_SUBNET("serviceSubnet", Scope.LAB, "the services' network"),
    MTU("mtu", Scope.LAB, "the MTU of tunnel and pods"),
    PAYLOAD(
            "mtu.payload",
            Scope.LAB,
            "the largest payload of a ping that passes: the MTU minus 28"),
    GATEWAY("network.gateway", Scope.LAB, "the gateway of the nodes, where 'outside' is"),
    SERVICE_NAME(
            "service.name",
            Scope.LAB,
            "the first Service with a node port in the namespace of the pods"),
    SERVICE_IP("service.ip", Scope.LAB, "its cluster address"),
    SERVICE_NODE_PORT("service.nodePort", Scope.LAB, "its node port"),
    TUNNEL_DEVICE("tunnel.device", Scope.LAB, "the tunnel's device on each node"),
    TUNNEL_KIND("tunnel.kind", Scope.LAB, "that device's kind: ipip, or tun in user space"),
    TUNNEL_DRIVER("tunnel.driver", Scope.LAB, "what carries its packets: kernel, or user space"),
    TUNNEL_OVERHEAD("tunnel.overhead", Scope.LAB, "the bytes of its outer headers"),
    TUNNEL_PROTOCOL("tunnel.protocol", Scope.LAB, "the number of its protocol in IPv4"),

    NODE_NAME("node.name", Scope.NODE, "the node's name"),
    NODE_IP("node.ip", Scope.NODE, "its address on the network of the nodes"),
    NODE_MAC("node.mac", Scope.NODE, "the MAC of its eth0"),
    NODE_MTU("node.mtu", Scope.NODE, "the MTU of its eth0"),
    NODE_SUBNET("node.podSubnet", Scope.NODE, "its pods' subnet, 10.244.0.0/24"),
    NODE_SUBNET_ADDRESS(
            "node.podSubnet.address",
            Scope.NODE,
            "that subnet's network address, which the tunnel device has"),
    NODE_SUBNET_NETMASK("node.podSubnet.netmask", Scope.NODE, "that subnet's netmask"),
    NODE_SUBNET_LENGTH("node.podSubnet.length", Scope.NODE, "that subnet's prefix length"),
    NODE_GATEWAY("node.gateway", Scope.NODE, "its pods' gateway: the address of cni0"),
    NODE_GATEWAY_MAC("node.gateway.mac", Scope.NODE, "the MAC of its cni0"),

    POD_NAME("pod.name", Scope.POD, "the pod's name"),
    POD_IP("pod.ip", Scope.POD, "its address"),
    POD_MAC("pod.mac", Scope.POD, "the MAC of its eth0"),

    TO_NODE_NAME("to.node.name", Scope.TO, "as node.name"),
    TO_NODE_IP("to.node.ip", Scope.TO, "as node.ip"),
    TO_NODE_MAC("to.node.mac", Scope.TO, "as node.mac"),
    TO_NODE_MTU("to.node.mtu", Scope.TO, "as node.mtu"),
    TO_NODE_SUBNET("to.node.podSubnet", Scope.TO, "as node.podSubnet"),
    TO_NODE_SUBNET_ADDRESS("to.node.podSubnet.address", Scope.TO, "as node.podSubnet.address"),
    TO_NODE_SUBNET_LENGTH("to.node.podSubnet.length", Scope.TO, "as node.podSubnet.length"),
    TO_NODE_GATEWAY("to.node.gateway", Scope.TO, "as node.gateway"),
    TO_NODE_GATEWAY_MAC("to.node.gateway.mac", Scope.TO, "as node.gateway.mac"),
    TO_POD_NAME("to.pod.name", Scope.TO_POD, "as pod.name"),
    TO_POD_IP("to.pod.ip", Scope.TO_POD, "as pod.ip"),
    TO_POD_MAC("to.pod.mac", Scope.TO_POD, "as pod.mac");

    /** The context in which a variable has a value. */
    public enum Scope {
        LAB,
        NODE,
        POD,
        TO,
        TO_POD
    }

    private final String text;
    private final Scope scope;
    private final String description;

    Variable(String text, Scope scope, String description) {
        this.text = text;
        this.scope = scope;
        this.description = description;
    }

    /** Returns the name as written between the braces. */
    public String text() {
        return text;
    }

    public Scope scope() {
        return scope;
    }

    /** Returns a description in one line. */
    public String description() {
        return description;
    }

    /** Returns the variable with that name. */
    public static Optional<Variable> of(String text) {
        return Stream.of(values()).filter(v -> v.text.equals(text)).findFirst();
    }
}
