package dev.cnilab.embedded.node;

import dev.cnilab.host.Sysctl;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sets the kernel parameters of a node to those of kind's nodes, in the calling thread's network
 * namespace.
 */
final class NodeSysctls {

    private static final Map<String, String> ROUTER =
            Map.of(
                    "net.ipv4.ip_forward", "1",
                    "net.ipv6.conf.all.forwarding", "1",
                    "net.ipv6.conf.all.accept_ra", "0",
                    "net.ipv6.conf.default.accept_ra", "0",
                    "net.ipv6.conf.default.router_solicitations", "0");

    private static final Map<String, String> NODE =
            Map.of(
                    "net.ipv4.conf.all.rp_filter", "1",
                    "net.ipv4.conf.default.rp_filter", "1",
                    "net.ipv4.conf.eth0.rp_filter", "1",
                    // As in Docker: eth0 has IPv6; interfaces created later (cni0) do not.
                    "net.ipv6.conf.default.disable_ipv6", "1",
                    "net.ipv6.conf.eth0.disable_ipv6", "0",
                    "net.ipv6.conf.eth0.router_solicitations", "0",
                    "net.bridge.bridge-nf-call-iptables", "1",
                    "net.bridge.bridge-nf-call-ip6tables", "1");

    private NodeSysctls() {}

    /** Enables forwarding only. */
    static void on() throws IOException {
        write(ROUTER);
    }

    /** Sets all parameters of a node; eth0 must exist. */
    static void ofNode() throws IOException {
        write(ROUTER);
        write(NODE);
    }

    /** Writes the values, except for those that a kernel without IPv6 or br_netfilter lacks. */
    private static void write(Map<String, String> values) throws IOException {
        for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
            Sysctl sysctl = new Sysctl(entry.getKey());
            if (sysctl.exists() && !sysctl.read().equals(entry.getValue())) {
                sysctl.write(entry.getValue());
            }
        }
    }
}
