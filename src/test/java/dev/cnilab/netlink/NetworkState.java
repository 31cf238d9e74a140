package dev.cnilab.netlink;

import dev.cnilab.host.NetNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a network namespace's configuration: links, addresses, routes, policy rules,
 * permanent neighbours and the nf_tables ruleset, one line for each, for comparison.
 */
public final class NetworkState {

    // include/uapi/linux/rtnetlink.h, if_link.h
    private static final int RTM_NEWRULE = 32;
    private static final int RTM_GETRULE = 34;
    private static final int FIB_RULE_HDR = 12;
    private static final int IFINFOMSG = 16;
    private static final int IFLA_IFALIAS = 20;
    private static final int RTM_F_CLONED = 0x200;

    // include/uapi/linux/netfilter/nfnetlink.h, nf_tables.h: NFT_MSG_GET*
    private static final int NFNL_SUBSYS_NFTABLES = 10;
    private static final int NFGENMSG = 4;
    private static final int GETSET = 10;
    private static final int GETSETELEM = 13;
    private static final Map<Integer, String> NFT =
            Map.of(1, "table", 4, "chain", 7, "rule", 10, "set", 19, "object", 23, "flowtable");

    private NetworkState() {}

    public static List<String> of(NetNamespace namespace) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Connection route = Connection.open(namespace)) {
            List<Link> links = new Links(route).list();
            Map<Integer, String> names =
                    links.stream().collect(Collectors.toMap(Link::index, Link::name));
            lines.addAll(links(route));
            new Addrs(route).list().forEach(addr -> lines.add(line(addr, names)));
            Stream.concat(new Routes(route).list().stream(), routes6(route).stream())
                    .forEach(each -> lines.add("route " + named(each.toString(), names)));
            lines.addAll(rules(route, Rtm.AF_INET));
            lines.addAll(rules(route, Rtm.AF_INET6));
            new Neighs(route)
                    .list().stream()
                            .filter(neigh -> neigh.state() == Neigh.State.PERMANENT)
                            .forEach(neigh -> lines.add("neigh " + neigh));
        }
        try (Connection netfilter = Connection.open(namespace, Protocol.NETFILTER)) {
            lines.addAll(ruleset(netfilter));
        }
        return lines;
    }

    private static List<String> links(Connection connection) throws NetlinkException {
        return connection.dump(
                "ip link show",
                LinkMessages.request(Rtm.GETLINK, 0, 0),
                reply -> {
                    Link link = LinkMessages.decode(reply);
                    String alias = reply.attributes(IFINFOMSG).string(IFLA_IFALIAS);
                    return link == null
                            ? null
                            : "link %s%s %s"
                                    .formatted(
                                            link.name(),
                                            alias == null ? "" : " alias '" + alias + "'",
                                            settled(link));
                });
    }

    /** Formats a link without its carrier state, which the kernel updates later by itself. */
    private static String settled(Link link) {
        Set<LinkFlag> flags = EnumSet.noneOf(LinkFlag.class);
        flags.addAll(link.flags());
        flags.removeAll(EnumSet.of(LinkFlag.RUNNING, LinkFlag.LOWER_UP));
        return link.toString()
                .replaceAll(" (operState|qdisc)=\\w+,", "")
                .replaceAll("flags=\\[[^]]*]", "flags=" + flags);
    }

    /** Formats an address without its tentative flag, which the kernel clears by itself. */
    private static String line(Addr addr, Map<Integer, String> names) {
        Object local =
                switch (addr) {
                    case Addr.V4 v4 -> v4.local();
                    case Addr.V6 v6 -> v6.local();
                };
        return "addr " + local + " dev " + names.get(addr.index()) + " scope " + addr.scope();
    }

    /**
     * Routes to the namespace's own addresses are left out: they follow from the addresses, and the
     * kernel adds them some time later, after duplicate address detection.
     */
    private static List<Ipv6Route> routes6(Connection connection) throws NetlinkException {
        List<Ipv6Route> routes =
                connection.dump(
                        "ip -6 route show table all",
                        Message.request(Rtm.GETROUTE, 0)
                                .putByte(Rtm.AF_INET6)
                                .putBytes(new byte[11]),
                        reply -> {
                            boolean table =
                                    reply.type() == Rtm.NEWROUTE && reply.u8(0) == Rtm.AF_INET6;
                            return table && (reply.s32(8) & RTM_F_CLONED) == 0
                                    ? Ipv6Route.decode(reply)
                                    : null;
                        });
        return routes.stream()
                .filter(route -> route.type() != RouteType.LOCAL || route.table() != Route.LOCAL)
                .toList();
    }

    private static String named(String route, Map<Integer, String> names) {
        for (Map.Entry<Integer, String> name : names.entrySet()) {
            route = (route + " ").replace("#" + name.getKey() + " ", name.getValue() + " ").strip();
        }
        return route;
    }

    private static List<String> rules(Connection connection, int family) throws NetlinkException {
        return connection.dump(
                "ip rule show",
                Message.request(RTM_GETRULE, 0).putByte(family).putBytes(new byte[11]),
                reply ->
                        reply.type() != RTM_NEWRULE
                                ? null
                                : "rule%s table %d action %d flags %x: %s"
                                        .formatted(
                                                family == Rtm.AF_INET6 ? " -6" : "",
                                                reply.u8(4),
                                                reply.u8(7),
                                                reply.s32(8),
                                                text(reply.attributes(FIB_RULE_HDR))));
    }

    private static List<String> ruleset(Connection connection) throws NetlinkException {
        List<String> lines = new ArrayList<>();
        for (int get : NFT.keySet().stream().sorted().toList()) {
            lines.addAll(
                    connection.dump("nft list ruleset", nft(get, 0), reply -> line(get, reply)));
        }
        for (SetName set : connection.dump("nft list sets", nft(GETSET, 0), SetName::of)) {
            lines.addAll(
                    connection.dump(
                            "nft list set",
                            nft(GETSETELEM, set.family).string(1, set.table).string(2, set.name),
                            reply -> "nft elements " + text(reply.attributes(NFGENMSG))));
        }
        return lines;
    }

    private record SetName(int family, String table, String name) {
        static SetName of(Reply reply) throws MalformedMessageException {
            Attributes attributes = reply.attributes(NFGENMSG);
            return new SetName(
                    reply.u8(0), attributes.requireString(1), attributes.requireString(2));
        }
    }

    private static Message nft(int type, int family) {
        return Message.request(NFNL_SUBSYS_NFTABLES << 8 | type, 0)
                .putByte(family)
                .putBytes(new byte[3]);
    }

    private static @Nullable String line(int get, Reply reply) throws MalformedMessageException {
        return "nft %s family %d: %s"
                .formatted(NFT.get(get), reply.u8(0), text(reply.attributes(NFGENMSG)));
    }

    /** Formats attributes by number; values that are text as text. */
    private static String text(Attributes attributes) {
        StringBuilder text = new StringBuilder();
        for (int type = 0; type < 64; type++) {
            if (attributes.has(type)) {
                text.append(text.isEmpty() ? "" : " ").append(type).append('=');
                text.append(text(Objects.requireNonNull(attributes.bytes(type))));
            }
        }
        return text.toString();
    }

    private static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            boolean printable = each > ' ' && each < 0x7f;
            text.append(printable ? String.valueOf((char) each) : "\\%02x".formatted(each));
        }
        return text.toString();
    }
}
