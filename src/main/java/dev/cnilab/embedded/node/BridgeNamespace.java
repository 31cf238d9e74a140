package dev.cnilab.embedded.node;

import dev.cnilab.host.Errno;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.OwnedNamespaces;
import dev.cnilab.net.MacAddress;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NetlinkException;
import dev.cnilab.netlink.NewLink;
import dev.cnilab.netlink.VethPair;
import java.io.IOException;
import java.util.Optional;

/**
 * The network that connects the nodes, in a namespace of its own: a bridge in place of Docker's,
 * with the gateway's addresses. It is isolated from this machine's network.
 */
public final class BridgeNamespace {

    private static final String BRIDGE = "br-kind";
    private static final int MTU = 1500;

    private final NetNamespace namespace;
    private final ClusterPlan plan;
    private final OwnedNamespaces owned;

    BridgeNamespace(ClusterPlan plan, OwnedNamespaces owned) {
        this.plan = plan;
        this.owned = owned;
        this.namespace = namespace(plan.lab());
    }

    /** Returns its namespace, which is also the place outside of the cluster, at the gateway. */
    public static NetNamespace namespace(String lab) {
        return NetNamespace.named(lab + ".net");
    }

    /** Creates or repairs it. */
    void ensure() throws IOException {
        owned.ensure(namespace.name());
        try (Connection connection = Connection.open(namespace)) {
            Links links = new Links(connection);
            links.up(links.get("lo").index());
            Link bridge = bridge(links);
            links.up(bridge.index());
            InterfaceAddresses addresses = new InterfaceAddresses(connection, bridge.index());
            addresses.ensure(Addr.of(bridge.index(), plan.gateway4()));
            addresses.ensure(Addr.of(bridge.index(), plan.gateway6()));
        }
        namespace.run(NodeSysctls::on);
    }

    /** Connects a node by a veth whose node end is eth0; an existing one is kept. */
    void attach(NodePlan node, NetNamespace into) throws IOException {
        String port = port(node);
        try (Connection connection = Connection.open(namespace)) {
            Links links = new Links(connection);
            int bridge = links.get(BRIDGE).index();
            Optional<Link> known = links.find(port);
            if (known.isPresent() && known.get().master() == bridge && hasEth0(into)) {
                links.up(known.get().index());
                return;
            }
            delete(links, port);
            removeEth0(into);
            links.add(new VethPair(port, bridge, MTU, NodeNamespace.ETH0, mac(node), into));
        }
    }

    private static Link bridge(Links links) throws IOException {
        Optional<Link> known = links.find(BRIDGE);
        if (known.isPresent() && known.get().kind().equals("bridge")) {
            return known.get();
        }
        delete(links, BRIDGE);
        links.add(NewLink.bridge(BRIDGE, MacAddress.parse("02:42:ac:12:00:01")));
        return links.get(BRIDGE);
    }

    /** Derives a MAC address as Docker does: 02:42 and the IPv4 address. */
    private static MacAddress mac(NodePlan node) {
        byte[] address = node.ipv4().address().toBytes();
        return MacAddress.parse(
                "02:42:%02x:%02x:%02x:%02x"
                        .formatted(address[0], address[1], address[2], address[3]));
    }

    /**
     * Returns the port's name, which cannot contain the node's: interface names have at most 15
     * characters.
     */
    private static String port(NodePlan node) {
        return "veth%08x".formatted(node.ipv4().address().bits());
    }

    private static boolean hasEth0(NetNamespace namespace) throws IOException {
        try (Connection connection = Connection.open(namespace)) {
            return new Links(connection).find(NodeNamespace.ETH0).isPresent();
        }
    }

    private static void removeEth0(NetNamespace namespace) throws IOException {
        try (Connection connection = Connection.open(namespace)) {
            delete(new Links(connection), NodeNamespace.ETH0);
        }
    }

    private static void delete(Links links, String name) throws IOException {
        try {
            links.delete(name);
        } catch (NetlinkException e) {
            if (!e.is(Errno.ENODEV)) {
                throw e;
            }
        }
    }
}
