package dev.cnilab.host;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.netlink.Scene;
import java.io.IOException;

/**
 * Two namespaces connected by a veth pair, both ends named eth0: 10.9.0.1/24 and 10.9.0.2/24, MTU
 * 1480.
 */
public record Wire(NetNamespace left, NetNamespace right) {

    public static final Ipv4Address LEFT = Ipv4Address.parse("10.9.0.1");
    public static final Ipv4Address RIGHT = Ipv4Address.parse("10.9.0.2");

    private static final int MTU = 1480;

    /** Creates the pair without IPv6, whose neighbour discovery would add packets. */
    public static Wire lay(Sandbox sandbox) throws IOException {
        Wire wire = new Wire(sandbox.namespace(), sandbox.namespace());
        for (NetNamespace end : new NetNamespace[] {wire.left, wire.right}) {
            end.run(() -> new Sysctl("net.ipv6.conf.default.disable_ipv6").write("1"));
            end.run(() -> new Sysctl("net.ipv6.conf.all.disable_ipv6").write("1"));
            Scene.in(end).up("lo");
        }
        Scene left =
                Scene.in(wire.left).veth("eth0", "eth0", wire.right).address("10.9.0.1/24", "eth0");
        Scene right = Scene.in(wire.right).address("10.9.0.2/24", "eth0");
        left.mtu("eth0", MTU);
        right.mtu("eth0", MTU);
        return wire;
    }
}
