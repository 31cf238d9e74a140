package dev.cnilab.cni.backend;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.nft.Chain;
import dev.cnilab.netlink.nft.Expr;
import dev.cnilab.netlink.nft.Family;
import dev.cnilab.netlink.nft.HeaderField;
import dev.cnilab.netlink.nft.Hook;
import dev.cnilab.netlink.nft.NamedSet;
import dev.cnilab.netlink.nft.Rule;
import dev.cnilab.netlink.nft.RuleVerdict;
import dev.cnilab.netlink.nft.Table;
import dev.cnilab.netlink.nft.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The agent's own nf_tables table.
 *
 * <ul>
 *   <li>Masquerade, as in flannel: traffic from pods to destinations other than pods gets the
 *       node's address as source.
 *   <li>Forward: packets from and to pods are accepted, before the host's filters see them. In
 *       nf_tables an accept ends one base chain only: a host whose own chains drop forwarded
 *       packets (Docker sets FORWARD's policy to drop) must accept the pod network there.
 *   <li>Input: what the backend requires.
 * </ul>
 */
final class Firewall {

    static final Family FAMILY = Family.IP;
    static final String TABLE = "lab-ipip";

    /**
     * kube-proxy's mark of packets that it masquerades itself; a second masquerade would break the
     * reply.
     */
    private static final int KUBE_MASQUERADE_MARK = 0x4000;

    private static final Ipv4Prefix MULTICAST = Ipv4Prefix.parse("224.0.0.0/4");

    /** The set of the other nodes' addresses. */
    static final String NODES = "nodes";

    private Firewall() {}

    /**
     * Builds the table.
     *
     * @param backend whose packets come in
     * @param network all pods'
     * @param subnet this node's
     * @param nodes public addresses of the other nodes
     */
    static Table table(
            Backend backend,
            Ipv4Prefix network,
            Ipv4Prefix subnet,
            boolean masquerade,
            Collection<Ipv4Address> nodes) {
        List<Chain> chains = new ArrayList<>();
        if (masquerade) {
            chains.add(masquerade(network, subnet));
        }
        chains.add(forward(network));
        chains.add(input(backend));
        List<Value> addresses = nodes.stream().sorted().<Value>map(Value.Ip::new).toList();
        return new Table(
                FAMILY,
                TABLE,
                List.of(NamedSet.Keys.of(NODES, HeaderField.SADDR, addresses)),
                chains);
    }

    private static Chain masquerade(Ipv4Prefix network, Ipv4Prefix subnet) {
        Expr hide = new Expr.Masquerade(true);
        Expr leave = new RuleVerdict.Return();
        return Chain.base(
                "postrouting",
                Hook.nat(Hook.Point.POSTROUTING),
                Rule.of(
                        "kube-proxy masquerades it",
                        new Expr.Mark(KUBE_MASQUERADE_MARK, KUBE_MASQUERADE_MARK, false),
                        leave),
                Rule.of("own pods to pods", Expr.saddr(subnet), Expr.daddr(network), leave),
                Rule.of("pods to own pods", Expr.saddr(network), Expr.daddr(subnet), leave),
                Rule.of("outside to own pods", Expr.notSaddr(network), Expr.daddr(subnet), leave),
                Rule.of("pods to outside", Expr.saddr(network), Expr.notDaddr(MULTICAST), hide),
                Rule.of("outside to pods", Expr.notSaddr(network), Expr.daddr(network), hide));
    }

    private static Chain forward(Ipv4Prefix network) {
        return Chain.base(
                "forward",
                Hook.filter(Hook.Point.FORWARD, Hook.FILTER - 1),
                Rule.of("from pods", Expr.saddr(network), new RuleVerdict.Accept()),
                Rule.of("to pods", Expr.daddr(network), new RuleVerdict.Accept()));
    }

    private static Chain input(Backend backend) {
        return Chain.base(
                "input",
                Hook.filter(Hook.Point.INPUT, Hook.FILTER - 1),
                backend.inputRules().toArray(Rule[]::new));
    }
}
