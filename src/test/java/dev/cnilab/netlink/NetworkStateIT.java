package dev.cnilab.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.MacAddress;
import dev.cnilab.netlink.nft.Chain;
import dev.cnilab.netlink.nft.Family;
import dev.cnilab.netlink.nft.Hook;
import dev.cnilab.netlink.nft.Nftables;
import dev.cnilab.netlink.nft.Rule;
import dev.cnilab.netlink.nft.RuleVerdict;
import dev.cnilab.netlink.nft.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NetworkStateIT {

    private static final String POLICY_RULE = "rule table 77 ";

    @RegisterExtension private final Sandbox sandbox = new Sandbox();

    @Test
    void listsEverythingThatWasAdded() throws Exception {
        NetNamespace namespace = sandbox.namespace();
        Scene scene = Scene.in(namespace);

        assertThat(added(namespace, () -> scene.bridge("br0").up("br0")))
                .anyMatch(line -> line.startsWith("link br0 "));
        assertThat(added(namespace, () -> alias(namespace, "br0", "a lab's")))
                .anyMatch(line -> line.startsWith("link br0 alias 'a lab's' "));
        assertThat(added(namespace, () -> scene.address("192.0.2.1/24", "br0")))
                .contains(
                        "addr 192.0.2.1/24 dev br0 scope global",
                        "route 192.0.2.0/24 dev br0 src 192.0.2.1");
        assertThat(added(namespace, () -> scene.address("fd00::1/64", "br0")))
                .anyMatch(line -> line.startsWith("addr fd00::1/64 dev br0"))
                .anyMatch(line -> line.startsWith("route fd00::/64 dev br0"));
        int index = scene.index("br0");
        assertThat(added(namespace, () -> scene.route(inTable(index, 77))))
                .containsExactly("route 198.51.100.0/24 dev br0 table 77");
        assertThat(added(namespace, () -> policyRule(namespace)))
                .singleElement()
                .matches(line -> line.startsWith(POLICY_RULE));
        MacAddress mac = MacAddress.parse("02:00:00:00:00:07");
        Neigh neigh = Neigh.permanent(index, Ipv4Address.parse("192.0.2.7"), mac);
        assertThat(added(namespace, () -> scene.neigh(neigh)))
                .singleElement()
                .matches(line -> line.startsWith("neigh ") && line.contains("192.0.2.7"));
        assertThat(added(namespace, () -> table(namespace)))
                .anyMatch(line -> line.startsWith("nft table ") && line.contains("planted"))
                .anyMatch(line -> line.startsWith("nft chain ") && line.contains("input"))
                .anyMatch(line -> line.startsWith("nft rule "));
    }

    @Test
    void isEqualWithoutChanges() throws IOException {
        NetNamespace namespace = sandbox.namespace();
        table(namespace);
        assertThat(NetworkState.of(namespace)).isEqualTo(NetworkState.of(namespace));
    }

    private static List<String> added(NetNamespace namespace, NetNamespace.Action change)
            throws IOException {
        List<String> before = NetworkState.of(namespace);
        change.run();
        List<String> after = new ArrayList<>(NetworkState.of(namespace));
        after.removeAll(before);
        return after;
    }

    private static void alias(NetNamespace namespace, String link, String text) throws IOException {
        try (Connection connection = Connection.open(namespace)) {
            int index = new Links(connection).get(link).index();
            connection.execute(
                    "ip link set alias",
                    LinkMessages.request(Rtm.NEWLINK, 0, index).string(20, text));
        }
    }

    private static Route inTable(int dev, int table) {
        return new Route(
                Ipv4Prefix.parse("198.51.100.0/24"),
                null,
                dev,
                Scope.LINK,
                Route.BOOT,
                RouteType.UNICAST,
                table,
                0,
                false,
                null,
                0);
    }

    /** {@code ip rule add from all table 77}: {@code struct fib_rule_hdr}. */
    private static void policyRule(NetNamespace namespace) throws IOException {
        try (Connection connection = Connection.open(namespace)) {
            connection.execute(
                    "ip rule add",
                    Message.request(32, Message.CREATE | Message.EXCL)
                            .putByte(Rtm.AF_INET)
                            .putBytes(new byte[3])
                            .putByte(77)
                            .putBytes(new byte[2])
                            .putByte(1)
                            .putInt(0));
        }
    }

    private static void table(NetNamespace namespace) throws IOException {
        Hook hook = Hook.filter(Hook.Point.INPUT, Hook.FILTER);
        Rule rule = Rule.of("", new RuleVerdict.Accept());
        try (Nftables nftables = Nftables.open(namespace)) {
            nftables.replace(
                    new Table(
                            Family.IP,
                            "planted",
                            List.of(),
                            List.of(Chain.base("input", hook, rule))));
        }
    }
}
