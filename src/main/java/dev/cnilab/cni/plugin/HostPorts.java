package dev.cnilab.cni.plugin;

import dev.cnilab.cni.PortMapping;
import dev.cnilab.cni.ipam.Reservation;
import dev.cnilab.host.Sysctl;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Conntrack;
import dev.cnilab.netlink.nft.Chain;
import dev.cnilab.netlink.nft.Expr;
import dev.cnilab.netlink.nft.Family;
import dev.cnilab.netlink.nft.Hook;
import dev.cnilab.netlink.nft.L4Proto;
import dev.cnilab.netlink.nft.Nftables;
import dev.cnilab.netlink.nft.Rule;
import dev.cnilab.netlink.nft.RuleVerdict;
import dev.cnilab.netlink.nft.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Forwards host ports to pods, with an nf_tables table for each network. Connections from the
 * node's loopback or from a pod of the same bridge, including the mapped one, are masqueraded, so
 * that the reply passes through the node.
 *
 * @param table its name
 * @param bridge of the network's pods
 */
record HostPorts(String table, String bridge) {

    private static final String CHAIN = "hostports";
    private static final Ipv4Prefix LOOPBACK = Ipv4Prefix.parse("127.0.0.0/8");

    /** The mark of CNI's portmap plugin; differs from kube-proxy's 0x4000 and 0x8000. */
    private static final int MASQUERADE_MARK = 0x2000;

    static HostPorts of(PluginConfig config) {
        return of(config.reservations(), config.bridge());
    }

    /**
     * Creates the mapping for a network.
     *
     * @param reservations the network's directory
     */
    static HostPorts of(Path reservations, String bridge) {
        return new HostPorts("lab-portmap-" + reservations.getFileName(), bridge);
    }

    /** Replaces all rules by those of the given reservations. */
    void replace(Collection<Reservation> reservations) throws IOException {
        List<Rule> rules = rules(reservations);
        try (Nftables nftables = Nftables.open()) {
            if (rules.isEmpty()) {
                nftables.delete(Family.IP, table);
            } else {
                nftables.replace(table(rules));
            }
        }
    }

    /**
     * Deletes conntrack entries of UDP flows to ports whose rules have changed: a client that keeps
     * sending would still reach the port's previous pod.
     */
    static void forgetFlows(Collection<PortMapping> ports) throws IOException {
        List<PortMapping> udp =
                ports.stream().filter(port -> port.protocol() == PortMapping.Protocol.UDP).toList();
        if (udp.isEmpty()) {
            return;
        }
        try (Conntrack conntrack = Conntrack.open()) {
            for (PortMapping port : udp) {
                conntrack.forgetUdp(port.hostIp(), port.hostPort());
            }
        }
    }

    /**
     * Allows packets with a source in 127.0.0.0/8 to leave through the bridge, to be masqueraded.
     */
    void routeLoopback() throws IOException {
        new Sysctl("net.ipv4.conf." + bridge.replace('.', '/') + ".route_localnet").write("1");
    }

    private Table table(List<Rule> rules) {
        Rule local = Rule.of("", new Expr.DaddrLocal(), new RuleVerdict.Jump(CHAIN));
        return new Table(
                Family.IP,
                table,
                List.of(),
                List.of(
                        new Chain(CHAIN, null, rules),
                        Chain.base("prerouting", Hook.nat(Hook.Point.PREROUTING), local),
                        Chain.base("output", Hook.nat(Hook.Point.OUTPUT), local),
                        Chain.base(
                                "postrouting",
                                Hook.nat(Hook.Point.POSTROUTING),
                                Rule.of(
                                        "",
                                        new Expr.Mark(MASQUERADE_MARK, MASQUERADE_MARK, false),
                                        new Expr.Masquerade(false)))));
    }

    private List<Rule> rules(Collection<Reservation> reservations) {
        List<Rule> rules = new ArrayList<>();
        reservations.stream()
                .sorted(Comparator.comparing(Reservation::address))
                .forEach(reservation -> {
                    for (PortMapping port : reservation.ports()) {
                        Expr mark = new Expr.SetMark(MASQUERADE_MARK);
                        rules.add(rule("", port, Expr.saddr(LOOPBACK), mark));
                        rules.add(rule("", port, Expr.iifname(bridge), mark));
                        rules.add(
                                rule(
                                        reservation.attachment().toString(),
                                        port,
                                        Expr.dnat(reservation.address(), port.containerPort())));
                    }
                });
        return rules;
    }

    private static Rule rule(String comment, PortMapping port, Expr... then) {
        List<Expr> exprs = new ArrayList<>();
        if (!port.hostIp().equals(Ipv4Address.ANY)) {
            exprs.add(Expr.daddr(port.hostIp().asPrefix()));
        }
        exprs.add(Expr.dport(l4(port.protocol()), port.hostPort()));
        exprs.addAll(List.of(then));
        // The kernel limits a comment to 127 bytes; container IDs usually have 64, but may have
        // more.
        return new Rule(comment.substring(0, Math.min(comment.length(), 100)), exprs);
    }

    private static L4Proto l4(PortMapping.Protocol protocol) {
        return switch (protocol) {
            case TCP -> L4Proto.TCP;
            case UDP -> L4Proto.UDP;
            case SCTP -> L4Proto.SCTP;
        };
    }
}
