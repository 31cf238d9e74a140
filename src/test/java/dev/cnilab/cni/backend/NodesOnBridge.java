package dev.cnilab.cni.backend;

import dev.cnilab.cni.lease.Lease;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.MacAddress;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Addrs;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NewLink;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.Routes;
import dev.cnilab.netlink.VethPair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Nodes as namespaces on a bridge in a separate namespace: node n has 172.18.0.(n+2)/16 on eth0,
 * the default route through 172.18.0.1, and the subnet 10.244.n.0/24 with .1 on a bridge cni0.
 */
final class NodesOnBridge implements AutoCloseable {

    private final String prefix = "t-%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24));
    private final NetNamespace segment;
    private final List<NetNamespace> nodes = new ArrayList<>();

    NodesOnBridge(int count) throws IOException {
        segment = NetNamespace.create(NetNamespace.DIRECTORY.resolve(prefix + "-net"));
        try {
            segment.run(() -> add(NewLink.bridge("br0", mac(1)), "172.18.0.1/16"));
            for (int n = 0; n < count; n++) {
                nodes.add(NetNamespace.create(NetNamespace.DIRECTORY.resolve(prefix + "-" + n)));
                attach(n);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Returns the namespace with the bridge and the nodes' links {@code node0}, {@code node1}, ….
     */
    NetNamespace segment() {
        return segment;
    }

    NetNamespace namespace(int node) {
        return nodes.get(node);
    }

    static Ipv4Prefix subnet(int node) {
        return Ipv4Prefix.parse("10.244." + node + ".0/24");
    }

    static Ipv4Address publicIp(int node) {
        return Ipv4Address.parse("172.18.0.2").plus(node);
    }

    static Lease lease(int node) {
        return new Lease("node-" + node, subnet(node), publicIp(node), IpipBackend.TYPE, "null");
    }

    @Override
    public void close() throws IOException {
        for (NetNamespace node : nodes) {
            node.delete();
        }
        segment.delete();
    }

    private void attach(int n) throws IOException {
        NetNamespace node = nodes.get(n);
        segment.run(() -> {
            try (Connection connection = Connection.open()) {
                Links links = new Links(connection);
                int bridge = links.get("br0").index();
                links.add(new VethPair("node" + n, bridge, 1500, "eth0", mac(n + 2), node));
            }
        });
        node.run(() -> {
            add(NewLink.bridge("cni0", mac(100 + n)), subnet(n).host(1) + "/24");
            try (Connection connection = Connection.open()) {
                Links links = new Links(connection);
                links.up(links.get("lo").index());
                int eth0 = links.get("eth0").index();
                new Addrs(connection).add(Addr.of(eth0, new Ipv4Prefix(publicIp(n), 16)));
                links.up(eth0);
                new Routes(connection)
                        .add(
                                Route.via(
                                        Route.anyDestination(),
                                        Ipv4Address.parse("172.18.0.1"),
                                        eth0));
            }
        });
    }

    private static void add(NewLink bridge, String address) throws IOException {
        try (Connection connection = Connection.open()) {
            Links links = new Links(connection);
            links.add(bridge);
            int index = links.get(bridge.name()).index();
            new Addrs(connection).add(Addr.of(index, Ipv4Prefix.parse(address)));
            links.up(index);
        }
    }

    private static MacAddress mac(int number) {
        return new MacAddress(0x020000000000L + number);
    }
}
