package dev.cnilab.verify.probe;

import dev.cnilab.cluster.Interfaces;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.Service;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Tunnel;
import dev.cnilab.spec.Template;
import dev.cnilab.spec.Variable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The values of variables in expectations, from one place to another.
 *
 * @param to the destination of the packet or request, if any
 */
record Values(ProbeContext surroundings, Vantage from, Optional<Vantage> to) {

    /** The bridge that is the pods' gateway. */
    private static final String BRIDGE = "cni0";

    /** The size of an IPv4 and an ICMP echo header in bytes. */
    private static final int PING_HEADERS = 28;

    static Values at(ProbeContext surroundings, Vantage spot) {
        return new Values(surroundings, spot, Optional.empty());
    }

    Values towards(Vantage target) {
        return new Values(surroundings, from, Optional.of(target));
    }

    /**
     * @throws IOException if a variable has no value, such as the address of a pod without one
     */
    String fill(Template template) throws IOException {
        return template.fill(lookup(template));
    }

    /** As {@link #fill}, for a regular expression; the values are quoted. */
    String fillRegex(Template regex) throws IOException {
        return regex.fillRegex(lookup(regex));
    }

    private UnaryOperator<String> lookup(Template template) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String name : template.variables()) {
            Variable variable =
                    Variable.of(name)
                            .orElseThrow(() -> new IOException("no variable ${" + name + "}"));
            values.put(name, value(variable));
        }
        return name -> values.getOrDefault(name, "");
    }

    private String value(Variable variable) throws IOException {
        return switch (variable) {
            case LAB_NAME -> surroundings.spec().name();
            case POD_SUBNET -> podSubnet().toString();
            case POD_SUBNET_ADDRESS -> podSubnet().address().toString();
            case POD_SUBNET_NETMASK -> podSubnet().netmask().toString();
            case SERVICE_SUBNET -> surroundings.spec().kubernetes().serviceSubnet().toString();
            case MTU -> String.valueOf(mtu());
            case PAYLOAD -> String.valueOf(mtu() - PING_HEADERS);
            case GATEWAY -> surroundings.spec().network().ipv4().gateway().toString();
            case SERVICE_NAME -> service().name();
            case SERVICE_IP ->
                    service()
                            .clusterIp()
                            .orElseThrow(() -> new IOException("the Service is headless"))
                            .toString();
            case SERVICE_NODE_PORT -> String.valueOf(service().nodePort());
            case TUNNEL_DEVICE -> tunnel().device();
            case TUNNEL_KIND -> tunnel().linkKind();
            case TUNNEL_DRIVER -> tunnel().driver().text();
            case TUNNEL_OVERHEAD -> String.valueOf(tunnel().overhead());
            case TUNNEL_PROTOCOL -> String.valueOf(tunnel().protocol());
            case NODE_NAME -> node(from).name();
            case NODE_IP -> node(from).internalIp().toString();
            case NODE_MAC -> mac(onNode(from), "eth0");
            case NODE_MTU -> String.valueOf(surroundings.externalMtu(node(from)));
            case NODE_SUBNET -> subnet(from).toString();
            case NODE_SUBNET_ADDRESS -> subnet(from).address().toString();
            case NODE_SUBNET_NETMASK -> subnet(from).netmask().toString();
            case NODE_SUBNET_LENGTH -> String.valueOf(subnet(from).length());
            case NODE_GATEWAY -> subnet(from).host(1).toString();
            case NODE_GATEWAY_MAC -> mac(onNode(from), BRIDGE);
            case POD_NAME -> pod(from).name();
            case POD_IP -> from.address();
            case POD_MAC -> mac(from.location(), "eth0");
            case TO_NODE_NAME -> node(target()).name();
            case TO_NODE_IP -> node(target()).internalIp().toString();
            case TO_NODE_MAC -> mac(onNode(target()), "eth0");
            case TO_NODE_MTU -> String.valueOf(surroundings.externalMtu(node(target())));
            case TO_NODE_SUBNET -> subnet(target()).toString();
            case TO_NODE_SUBNET_ADDRESS -> subnet(target()).address().toString();
            case TO_NODE_SUBNET_LENGTH -> String.valueOf(subnet(target()).length());
            case TO_NODE_GATEWAY -> subnet(target()).host(1).toString();
            case TO_NODE_GATEWAY_MAC -> mac(onNode(target()), BRIDGE);
            case TO_POD_NAME -> pod(target()).name();
            case TO_POD_IP -> target().address();
            case TO_POD_MAC -> mac(target().location(), "eth0");
        };
    }

    private Ipv4Prefix podSubnet() {
        return surroundings.spec().kubernetes().podSubnet();
    }

    private Service service() throws IOException {
        return surroundings.services().stream()
                .filter(service -> service.nodePort() > 0)
                .filter(service ->
                        service.namespace().equals(surroundings.spec().verify().namespace()))
                .findFirst()
                .orElseThrow(() -> new IOException("no Service has a node port"));
    }

    private Tunnel tunnel() throws IOException {
        return surroundings.tunnel().orElseThrow(() -> new IOException("the lab has no tunnel"));
    }

    private int mtu() throws IOException {
        Node node = from.node().orElse(surroundings.nodes().getFirst());
        return surroundings.mtu(node);
    }

    private Vantage target() throws IOException {
        return to.orElseThrow(() -> new IOException("the probe has no destination"));
    }

    private static Node node(Vantage spot) throws IOException {
        return spot.node().orElseThrow(() -> new IOException(spot.name() + " is on no node"));
    }

    private static Pod pod(Vantage spot) throws IOException {
        return spot.pod().orElseThrow(() -> new IOException(spot.name() + " is no pod"));
    }

    private static Ipv4Prefix subnet(Vantage spot) throws IOException {
        Node node = node(spot);
        return node.podSubnet()
                .orElseThrow(() -> new IOException("node " + node.name() + " has no podCIDR"));
    }

    private static Place onNode(Vantage spot) throws IOException {
        return new Place.OnNode(node(spot).name());
    }

    private String mac(Place location, String device) throws IOException {
        return surroundings
                .interfaces(location)
                .named(device)
                .map(Interfaces.Interface::mac)
                .orElseThrow(() -> new IOException("no " + device + " at " + location));
    }
}
