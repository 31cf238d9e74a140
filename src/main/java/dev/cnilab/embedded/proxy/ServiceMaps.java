package dev.cnilab.embedded.proxy;

import static dev.cnilab.netlink.nft.HeaderField.DADDR;
import static dev.cnilab.netlink.nft.HeaderField.DPORT;
import static dev.cnilab.netlink.nft.HeaderField.L4PROTO;
import static dev.cnilab.netlink.nft.HeaderField.SADDR;

import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.nft.Chain;
import dev.cnilab.netlink.nft.Expr;
import dev.cnilab.netlink.nft.HeaderField;
import dev.cnilab.netlink.nft.NamedSet;
import dev.cnilab.netlink.nft.NatTarget;
import dev.cnilab.netlink.nft.Rule;
import dev.cnilab.netlink.nft.RuleVerdict;
import dev.cnilab.netlink.nft.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** The sets and maps of the table, and the chains they refer to, which depend on the Services. */
final class ServiceMaps {

    /** Maps a cluster IP's port to its chain. */
    static final String SERVICES = "service-ips";

    static final String NODE_PORTS = "service-nodeports";

    /** The ports without endpoints. */
    static final String EMPTY_SERVICES = "no-endpoint-services";

    static final String EMPTY_NODE_PORTS = "no-endpoint-nodeports";

    /** Endpoints that called a Service and reached themselves. */
    static final String HAIRPINS = "hairpins";

    static final List<HeaderField> SERVICE_KEY = List.of(DADDR, L4PROTO, DPORT);
    static final List<HeaderField> NODE_PORT_KEY = List.of(L4PROTO, DPORT);
    static final List<HeaderField> HAIRPIN_KEY = List.of(SADDR, DADDR);

    private final SequencedMap<List<Value>, RuleVerdict> services = new LinkedHashMap<>();
    private final SequencedMap<List<Value>, RuleVerdict> nodePorts = new LinkedHashMap<>();
    private final SequencedSet<List<Value>> emptyServices = new LinkedHashSet<>();
    private final SequencedSet<List<Value>> emptyNodePorts = new LinkedHashSet<>();
    private final SequencedSet<List<Value>> hairpins = new LinkedHashSet<>();
    private final List<Chain> chains = new ArrayList<>();

    ServiceMaps(List<ServicePort> ports, Ipv4Prefix clusterCidr) {
        for (ServicePort port : ports) {
            addService(port, clusterCidr);
            if (port.nodePort() != 0) {
                addNodePort(port);
            }
        }
    }

    List<NamedSet> sets() {
        return List.of(
                new NamedSet.Verdicts(SERVICES, SERVICE_KEY, services),
                new NamedSet.Verdicts(NODE_PORTS, NODE_PORT_KEY, nodePorts),
                new NamedSet.Keys(EMPTY_SERVICES, SERVICE_KEY, emptyServices),
                new NamedSet.Keys(EMPTY_NODE_PORTS, NODE_PORT_KEY, emptyNodePorts),
                new NamedSet.Keys(HAIRPINS, HAIRPIN_KEY, hairpins));
    }

    List<Chain> chains() {
        return List.copyOf(chains);
    }

    private void addService(ServicePort port, Ipv4Prefix clusterCidr) {
        List<Value> key =
                List.of(
                        new Value.Ip(port.clusterIp()),
                        new Value.Proto(port.protocol()),
                        new Value.Port(port.port()));
        if (port.inside().isEmpty()) {
            emptyServices.add(key);
        } else {
            Rule mark =
                    Rule.of(
                            "not from a pod",
                            Expr.notSaddr(clusterCidr),
                            new Expr.SetMark(ProxyTable.MASQUERADE_MARK));
            services.put(key, chain("service/" + port.name(), List.of(mark), port.inside()));
        }
    }

    private void addNodePort(ServicePort port) {
        List<Value> key =
                List.of(new Value.Proto(port.protocol()), new Value.Port(port.nodePort()));
        if (port.outside().isEmpty()) {
            emptyNodePorts.add(key);
        } else {
            Rule mark = Rule.of("", new Expr.SetMark(ProxyTable.MASQUERADE_MARK));
            List<Rule> marks = port.keepsClient() ? List.of() : List.of(mark);
            nodePorts.put(key, chain("external/" + port.name(), marks, port.outside()));
        }
    }

    private RuleVerdict chain(String name, List<Rule> first, List<NatTarget> endpoints) {
        List<Rule> rules = new ArrayList<>(first);
        rules.add(Rule.of("", new Expr.Dnat(endpoints)));
        chains.add(new Chain(name, null, rules));
        for (NatTarget endpoint : endpoints) {
            Value address = new Value.Ip(endpoint.address());
            hairpins.add(List.of(address, address));
        }
        return new RuleVerdict.Goto(name);
    }
}
