package dev.cnilab.embedded.proxy;

import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.nft.Chain;
import dev.cnilab.netlink.nft.Expr;
import dev.cnilab.netlink.nft.Family;
import dev.cnilab.netlink.nft.Hook;
import dev.cnilab.netlink.nft.Rule;
import dev.cnilab.netlink.nft.RuleVerdict;
import dev.cnilab.netlink.nft.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node's Services as an nf_tables table, structured like that of kube-proxy's nftables mode: one
 * lookup finds a Service among any number.
 */
final class ProxyTable {

    static final Family FAMILY = Family.IP;
    static final String NAME = "lab-proxy";

    /** kube-proxy's masquerade bit, 14, which CNI plugins recognize and do not masquerade again. */
    static final int MASQUERADE_MARK = 0x4000;

    private static final Ipv4Prefix LOOPBACK = Ipv4Prefix.parse("127.0.0.0/8");

    /** Runs before DNAT, when the destination still is the Service's address. */
    private static final int BEFORE_DSTNAT = Hook.DSTNAT - 10;

    private static final RuleVerdict TO_SERVICES = new RuleVerdict.Jump("services");
    private static final RuleVerdict TO_NO_ENDPOINTS = new RuleVerdict.Jump("no-endpoints");
    private static final Expr MASQUERADE = new Expr.Masquerade(true);
    private static final Expr NEW = new Expr.CtState(Set.of(Expr.CtState.State.NEW));

    private ProxyTable() {}

    /**
     * Builds the table.
     *
     * @param clusterCidr the pods' addresses: callers of a cluster IP from there keep their source
     *     address
     * @param unseen the subnet of this node's pods when the kernel does not pass bridged packets to
     *     netfilter: a reply between two of them would not be translated back, so the call is
     *     masqueraded
     */
    static Table of(List<ServicePort> ports, Ipv4Prefix clusterCidr, Optional<Ipv4Prefix> unseen) {
        ServiceMaps maps = new ServiceMaps(ports, clusterCidr);
        List<Chain> chains = new ArrayList<>(maps.chains());
        chains.add(services());
        chains.add(noEndpoints());
        chains.add(nat(Hook.Point.PREROUTING, "nat-prerouting"));
        chains.add(nat(Hook.Point.OUTPUT, "nat-output"));
        chains.add(filter(Hook.Point.INPUT, "filter-input"));
        chains.add(filter(Hook.Point.FORWARD, "filter-forward"));
        chains.add(filter(Hook.Point.OUTPUT, "filter-output"));
        chains.add(postrouting(unseen));
        return new Table(FAMILY, NAME, maps.sets(), chains);
    }

    private static Chain services() {
        return Chain.regular(
                "services",
                Rule.of("", new Expr.Vmap(ServiceMaps.SERVICE_KEY, ServiceMaps.SERVICES)),
                Rule.of(
                        "",
                        new Expr.DaddrLocal(),
                        Expr.notDaddr(LOOPBACK),
                        new Expr.Vmap(ServiceMaps.NODE_PORT_KEY, ServiceMaps.NODE_PORTS)));
    }

    private static Chain noEndpoints() {
        return Chain.regular(
                "no-endpoints",
                Rule.of(
                        "",
                        new Expr.In(ServiceMaps.SERVICE_KEY, ServiceMaps.EMPTY_SERVICES, false),
                        new Expr.Reject()),
                Rule.of(
                        "",
                        new Expr.DaddrLocal(),
                        Expr.notDaddr(LOOPBACK),
                        new Expr.In(ServiceMaps.NODE_PORT_KEY, ServiceMaps.EMPTY_NODE_PORTS, false),
                        new Expr.Reject()));
    }

    private static Chain nat(Hook.Point point, String name) {
        return Chain.base(name, Hook.nat(point), Rule.of("", TO_SERVICES));
    }

    private static Chain filter(Hook.Point point, String name) {
        return Chain.base(
                name, Hook.filter(point, BEFORE_DSTNAT), Rule.of("", NEW, TO_NO_ENDPOINTS));
    }

    private static Chain postrouting(Optional<Ipv4Prefix> unseen) {
        List<Rule> rules = new ArrayList<>();
        rules.add(Rule.of("", new Expr.Mark(MASQUERADE_MARK, MASQUERADE_MARK, false), MASQUERADE));
        rules.add(
                Rule.of(
                        "a pod that reached itself",
                        new Expr.In(ServiceMaps.HAIRPIN_KEY, ServiceMaps.HAIRPINS, false),
                        MASQUERADE));
        unseen.ifPresent(pods ->
                rules.add(
                        Rule.of(
                                "no br_netfilter",
                                Expr.saddr(pods),
                                Expr.daddr(pods),
                                new Expr.CtStatusDnat(),
                                MASQUERADE)));
        return new Chain("nat-postrouting", Hook.nat(Hook.Point.POSTROUTING), rules);
    }
}
