package dev.cnilab.host;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.netlink.Sandbox;
import java.io.IOException;

/** Two namespaces joined by veths, both named eth0: 10.9.0.1/24 and 10.9.0.2/24, MTU 1480. */
public record Wire(NetNamespace left, NetNamespace right) {

    public static final Ipv4Address LEFT = Ipv4Address.parse("10.9.0.1");
    public static final Ipv4Address RIGHT = Ipv4Address.parse("10.9.0.2");

    /** Without IPv6: its neighbour discovery would be among the packets. */
    public static Wire lay(Sandbox sandbox) throws IOException {
        Wire wire = new Wire(sandbox.namespace(), sandbox.namespace());
        for (NetNamespace end : new NetNamespace[] {wire.left, wire.right}) {
            end.run(() -> new Sysctl("net.ipv6.conf.default.disable_ipv6").write("1"));
            end.run(() -> new Sysctl("net.ipv6.conf.all.disable_ipv6").write("1"));
            ip(end, "link set lo up");
        }
        ip(
                wire.left,
                "link add eth0 mtu 1480 type veth peer name eth0 mtu 1480 netns "
                        + wire.right.name());
        ip(wire.left, "addr add 10.9.0.1/24 brd + dev eth0");
        ip(wire.right, "addr add 10.9.0.2/24 brd + dev eth0");
        ip(wire.left, "link set eth0 up");
        ip(wire.right, "link set eth0 up");
        return wire;
    }

    /** Runs Debian's own ip. */
    public static String ip(NetNamespace namespace, String words) throws IOException {
        return Sandbox.run(namespace, ("/sbin/ip " + words).split(" "));
    }
}
