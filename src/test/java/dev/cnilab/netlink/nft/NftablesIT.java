package dev.cnilab.netlink.nft;

import static dev.cnilab.netlink.nft.HeaderField.DADDR;
import static dev.cnilab.netlink.nft.HeaderField.DPORT;
import static dev.cnilab.netlink.nft.HeaderField.L4PROTO;
import static dev.cnilab.netlink.nft.HeaderField.SADDR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.host.Errno;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.NetlinkException;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NftablesIT {

    private static final Ipv4Prefix PODS = Ipv4Prefix.parse("10.244.0.0/16");
    private static final NatTarget FIRST = endpoint("10.244.0.2", 8080);
    private static final NatTarget SECOND = endpoint("10.244.1.2", 8080);

    @RegisterExtension private final Sandbox sandbox = new Sandbox();

    private NetNamespace namespace;
    private Nftables nftables;

    @BeforeEach
    void open() throws IOException {
        namespace = sandbox.namespace();
        nftables = Nftables.open(namespace);
    }

    @AfterEach
    void close() {
        nftables.close();
    }

    @Test
    @Needs(Peer.NFT)
    void nftPrintsMasqueradeAndForwardRules() throws IOException {
        nftables.replace(
                table(
                        List.of(
                                NamedSet.Keys.of(
                                        "nodes",
                                        SADDR,
                                        List.of(ip("172.18.0.2"), ip("172.18.0.3")))),
                        Chain.base(
                                "postrouting",
                                Hook.nat(Hook.Point.POSTROUTING),
                                Rule.of(
                                        "already handled",
                                        new Expr.Mark(0x4000, 0x4000, false),
                                        new RuleVerdict.Return()),
                                Rule.of(
                                        "pods to outside",
                                        Expr.saddr(PODS),
                                        Expr.notDaddr(Ipv4Prefix.parse("224.0.0.0/4")),
                                        new Expr.Masquerade(true)),
                                Rule.of(
                                        "",
                                        new Expr.CtStatusDnat(),
                                        Expr.oifname("cni0"),
                                        new Expr.Masquerade(false)),
                                Rule.of(
                                        "",
                                        new Expr.Ifname(HeaderField.OIFNAME, "eth0", true),
                                        new Expr.Snat(Ipv4Address.parse("10.0.0.1")))),
                        Chain.base(
                                "forward",
                                Hook.filter(Hook.Point.FORWARD, -1),
                                Rule.of(
                                        "",
                                        new Expr.CtState(
                                                EnumSet.of(
                                                        Expr.CtState.State.ESTABLISHED,
                                                        Expr.CtState.State.RELATED)),
                                        new RuleVerdict.Accept()),
                                Rule.of("", Expr.iifname("cni0"), new RuleVerdict.Jump("mark")),
                                Rule.of("", Expr.notSaddr(PODS), new RuleVerdict.Goto("mark"))),
                        Chain.base(
                                "input",
                                new Hook(
                                        Hook.Type.FILTER,
                                        Hook.Point.INPUT,
                                        Hook.FILTER,
                                        Hook.Policy.DROP),
                                Rule.of(
                                        "tunnels from outside",
                                        new Expr.Protocol(L4Proto.IPENCAP, false),
                                        new Expr.In(List.of(SADDR), "nodes", true),
                                        new RuleVerdict.Drop())),
                        Chain.regular("mark", Rule.of("", new Expr.SetMark(0x4000)))));

        assertThat(listing())
                .contains(
                        "set nodes {",
                        "type ipv4_addr",
                        "elements = { 172.18.0.2, 172.18.0.3 }",
                        "type nat hook postrouting priority srcnat; policy accept;",
                        "meta mark & 0x00004000 == 0x00004000 return comment \"already handled\"",
                        "ip saddr 10.244.0.0/16 ip daddr != 224.0.0.0/4"
                                + " masquerade fully-random comment \"pods to outside\"",
                        "ct status dnat oifname \"cni0\" masquerade",
                        "oifname != \"eth0\" snat to 10.0.0.1",
                        "ct state established,related accept",
                        "iifname \"cni0\" jump mark",
                        "ip saddr != 10.244.0.0/16 goto mark",
                        "type filter hook input priority filter; policy drop;",
                        "ip saddr != @nodes drop comment \"tunnels from outside\"",
                        "meta mark set meta mark | 0x00004000");
    }

    @Test
    @Needs(Peer.NFT)
    void nftPrintsServicesAndPortMappings() throws IOException {
        SequencedMap<List<Value>, RuleVerdict> services = new LinkedHashMap<>();
        services.put(
                List.of(ip("10.96.0.10"), new Value.Proto(L4Proto.UDP), new Value.Port(53)),
                new RuleVerdict.Goto("dns"));
        SequencedMap<List<Value>, NatTarget> hostPorts = new LinkedHashMap<>();
        hostPorts.put(List.of(new Value.Proto(L4Proto.TCP), new Value.Port(8081)), FIRST);

        nftables.replace(
                table(
                        List.of(
                                new NamedSet.Verdicts(
                                        "services", List.of(DADDR, L4PROTO, DPORT), services),
                                new NamedSet.Endpoints(
                                        "host-ports", List.of(L4PROTO, DPORT), hostPorts)),
                        Chain.base(
                                "prerouting",
                                Hook.nat(Hook.Point.PREROUTING),
                                Rule.of(
                                        "",
                                        new Expr.Vmap(List.of(DADDR, L4PROTO, DPORT), "services")),
                                Rule.of(
                                        "node port",
                                        new Expr.DaddrLocal(),
                                        Expr.dport(L4Proto.TCP, 32000),
                                        new Expr.Dnat(List.of(FIRST, SECOND))),
                                Rule.of(
                                        "",
                                        new Expr.DaddrLocal(),
                                        new Expr.DnatMap(List.of(L4PROTO, DPORT), "host-ports")),
                                Rule.of(
                                        "",
                                        Expr.daddr(Ipv4Prefix.parse("10.96.0.1/32")),
                                        Expr.dport(L4Proto.TCP, 443),
                                        Expr.dnat(Ipv4Address.parse("172.18.0.2"), 6443)),
                                Rule.of("", Expr.dport(L4Proto.UDP, 5353), new Expr.Redirect(53))),
                        Chain.regular(
                                "dns",
                                Rule.of(
                                        "",
                                        Expr.dport(L4Proto.UDP, 53),
                                        new Expr.Dnat(List.of(FIRST))))));

        assertThat(listing())
                .contains(
                        "type ipv4_addr . inet_proto . inet_service : verdict",
                        "elements = { 10.96.0.10 . udp . 53 : goto dns }",
                        "type inet_proto . inet_service : ipv4_addr . inet_service",
                        "elements = { tcp . 8081 : 10.244.0.2 . 8080 }",
                        "ip daddr . meta l4proto . th dport vmap @services",
                        "fib daddr type local tcp dport 32000 dnat ip to numgen random mod 2 map {"
                                + " 0 : 10.244.0.2 . 8080, 1 : 10.244.1.2 . 8080 } comment \"node"
                                + " port\"",
                        "fib daddr type local dnat ip to meta l4proto . th dport map @host-ports",
                        "ip daddr 10.96.0.1 tcp dport 443 dnat to 172.18.0.2:6443",
                        "udp dport 5353 redirect to :53",
                        "udp dport 53 dnat to 10.244.0.2:8080");
    }

    @Test
    @Needs(Peer.NFT)
    void anInetTableMatchesAddressesOfIpv4Only() throws IOException {
        SequencedSet<List<Value>> dns = new LinkedHashSet<>();
        dns.add(List.of(new Value.Proto(L4Proto.UDP), ip("10.96.0.10")));
        Table table =
                new Table(
                        Family.INET,
                        "lab-inet",
                        List.of(new NamedSet.Keys("dns", List.of(L4PROTO, DADDR), dns)),
                        List.of(
                                Chain.base(
                                        "forward",
                                        Hook.filter(Hook.Point.FORWARD, Hook.FILTER),
                                        Rule.of("", Expr.saddr(PODS), new RuleVerdict.Accept()),
                                        Rule.of(
                                                "",
                                                new Expr.In(List.of(L4PROTO, DADDR), "dns", false),
                                                new RuleVerdict.Drop()))));
        nftables.replace(table);
        assertThat(nftables.has(table)).isTrue();
        assertThat(listing())
                .contains(
                        "table inet lab-inet",
                        "ip saddr 10.244.0.0/16 accept",
                        "meta l4proto . ip daddr @dns drop");
    }

    @Test
    @Needs(Peer.NFT)
    void detectsChangesToItsTable() throws IOException {
        Table one = table(List.of(), chain(FIRST));
        Table other = table(List.of(), chain(SECOND));
        assertThat(nftables.has(one)).isFalse();

        nftables.replace(one);
        assertThat(nftables.has(one)).isTrue();
        assertThat(nftables.has(other)).isFalse();

        nftables.replace(other);
        assertThat(nftables.has(one)).isFalse();
        assertThat(nftables.has(other)).isTrue();

        nft("flush", "table", "ip", "lab");
        assertThat(nftables.has(other)).isFalse();
        nftables.replace(other);
        nft("flush", "ruleset");
        assertThat(nftables.has(other)).isFalse();
    }

    @Test
    void deletingAgainDoesNothing() throws IOException {
        nftables.replace(table(List.of(), chain(FIRST)));
        nftables.delete(Family.IP, "lab");
        nftables.delete(Family.IP, "lab");
        assertThat(nftables.has(table(List.of(), chain(FIRST)))).isFalse();
    }

    @Test
    void keepsTheOldTableWhenTheNewOneIsRejected() throws IOException {
        Table good = table(List.of(), chain(FIRST));
        nftables.replace(good);

        Table bad =
                table(
                        List.of(),
                        Chain.regular("a", Rule.of("", new RuleVerdict.Jump("absent"))),
                        Chain.regular("b"));
        assertThatThrownBy(() -> nftables.replace(bad))
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        e -> {
                            assertThat(e.is(Errno.ENOENT)).isTrue();
                            assertThat(e.operation()).contains("nft add rule ip lab a", "absent");
                        });
        assertThat(nftables.has(good)).isTrue();
        nftables.replace(good);
    }

    @Test
    void acceptsThousandsOfElementsAndRules() throws IOException {
        List<Value> addresses = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            addresses.add(new Value.Ip(PODS.host(i)));
            rules.add(Rule.of("", Expr.saddr(PODS.host(i).asPrefix()), new RuleVerdict.Accept()));
        }
        Table table =
                table(
                        List.of(NamedSet.Keys.of("many", SADDR, addresses)),
                        new Chain("rules", null, rules));
        nftables.replace(table);
        assertThat(nftables.has(table)).isTrue();
    }

    private String listing() throws IOException {
        return nft("list", "ruleset");
    }

    private String nft(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(Peer.NFT.path().toString()));
        command.addAll(List.of(args));
        // nft wraps long lists; compares them on one line.
        return Sandbox.run(namespace, command.toArray(String[]::new)).replaceAll("\\s+", " ");
    }

    private static Table table(List<NamedSet> sets, Chain... chains) {
        return new Table(Family.IP, "lab", sets, List.of(chains));
    }

    private static Chain chain(NatTarget to) {
        return Chain.base(
                "prerouting",
                Hook.nat(Hook.Point.PREROUTING),
                Rule.of("", Expr.dport(L4Proto.TCP, 80), new Expr.Dnat(List.of(to))));
    }

    private static NatTarget endpoint(String address, int port) {
        return new NatTarget(Ipv4Address.parse(address), port);
    }

    private static Value.Ip ip(String address) {
        return new Value.Ip(Ipv4Address.parse(address));
    }
}
