package dev.cnilab.tool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.net.MacAddress;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Addrs;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.LinkData;
import dev.cnilab.netlink.LinkFlag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code ip link} and {@code ip address}. */
final class IpLinks {

    private final Ip.Query query;
    private final Interfaces interfaces;

    private IpLinks(Ip.Query query) {
        this.query = query;
        this.interfaces = new Interfaces(query.links());
    }

    static List<IpRecord> links(Ip.Query query) {
        IpLinks shown = new IpLinks(query);
        return shown.selected()
                .map(link -> query.brief() ? shown.briefLink(link) : shown.link(link))
                .toList();
    }

    static List<IpRecord> addresses(Connection connection, Ip.Query query) throws IOException {
        IpLinks shown = new IpLinks(query);
        List<Addr> all = new Addrs(connection).list();
        boolean oneFamily = query.ipv4() || query.ipv6();
        List<IpRecord> records = new ArrayList<>();
        for (Link link : shown.selected().toList()) {
            List<Addr> addrs = all.stream().filter(addr -> shown.wants(addr, link)).toList();
            if (!oneFamily || !addrs.isEmpty()) {
                records.add(
                        query.brief()
                                ? shown.briefAddresses(link, addrs)
                                : shown.addresses(link, addrs));
            }
        }
        return records;
    }

    private Stream<Link> selected() {
        return query.device().map(Stream::of).orElseGet(query.links()::stream);
    }

    private boolean wants(Addr addr, Link link) {
        boolean family =
                switch (addr) {
                    case Addr.V4 _ -> !query.ipv6();
                    case Addr.V6 _ -> !query.ipv4();
                };
        return family && addr.index() == link.index();
    }

    private IpRecord link(Link link) {
        IpRecord shown = new IpRecord();
        head(link, shown);
        shown.field("linkmode", "mode ", "DEFAULT", " ");
        group(link, shown);
        hardware(link, shown);
        return shown.text("\n");
    }

    private IpRecord addresses(Link link, List<Addr> addrs) {
        IpRecord shown = new IpRecord();
        head(link, shown);
        group(link, shown);
        if (!query.ipv4() && !query.ipv6()) {
            hardware(link, shown);
        } else if (link.netnsId() >= 0) {
            shown.field("link_netnsid", " link-netnsid ", link.netnsId(), "");
        }
        shown.text("\n");
        ArrayNode infos = shown.json().putArray("addr_info");
        addrs.forEach(addr -> IpAddress.show(addr, link.name(), shown, infos.addObject()));
        return shown;
    }

    private void head(Link link, IpRecord shown) {
        shown.field("ifindex", "", link.index(), ": ");
        boolean elsewhere = link.netnsId() >= 0;
        if (elsewhere) {
            shown.json().put("link_index", link.peerIndex());
        } else if (link.peerIndex() > 0) {
            shown.json().put("link", interfaces.name(link.peerIndex()));
        } else if (isTunnel(link)) {
            shown.json().putNull("link");
        }
        shown.json().put("ifname", link.name());
        List<String> flags = flags(link);
        ArrayNode array = shown.json().putArray("flags");
        flags.forEach(array::add);
        shown.text(fullName(link) + ": <" + String.join(",", flags) + "> ");
        shown.field("mtu", "mtu ", link.mtu(), " ");
        shown.field("qdisc", "qdisc ", link.qdisc(), " ");
        if (link.master() > 0) {
            shown.field("master", "master ", interfaces.name(link.master()), " ");
        }
        shown.field("operstate", "state ", link.operState().name(), " ");
    }

    private static void group(Link link, IpRecord shown) {
        String name = link.group() == 0 ? "default" : Integer.toString(link.group());
        shown.field("group", "group ", name, " ");
        if (link.txQueueLen() > 0) {
            shown.field("txqlen", "qlen ", link.txQueueLen(), "");
        }
    }

    private void hardware(Link link, IpRecord shown) {
        shown.field("link_type", "\n    link/", linkType(link), " ");
        if (link.mac() != null) {
            MacAddress mac = link.mac();
            boolean loopback = link.flags().contains(LinkFlag.LOOPBACK);
            String broadcast = loopback ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff";
            shown.field("address", "", mac.toString(), "");
            shown.field("broadcast", " brd ", broadcast, "");
        } else if (link.data() instanceof LinkData.IpIp tunnel) {
            shown.field("address", "", tunnel.local().toString(), "");
            shown.field("broadcast", " brd ", tunnel.remote().toString(), "");
        }
        if (link.netnsId() >= 0) {
            shown.field("link_netnsid", " link-netnsid ", link.netnsId(), "");
        }
        if (query.details()) {
            IpLinkDetails.show(link, interfaces, shown);
        }
    }

    private static String linkType(Link link) {
        return link.flags().contains(LinkFlag.LOOPBACK)
                ? "loopback"
                : link.mac() != null ? "ether" : isTunnel(link) ? "ipip" : "none";
    }

    private static boolean isTunnel(Link link) {
        return link.data() instanceof LinkData.IpIp;
    }

    /**
     * Returns the flags in iproute2's order; RUNNING is omitted, its absence is shown as
     * NO-CARRIER.
     */
    private List<String> flags(Link link) {
        List<String> names = new ArrayList<>();
        if (link.up() && !link.flags().contains(LinkFlag.RUNNING)) {
            names.add("NO-CARRIER");
        }
        for (LinkFlag flag : LinkFlag.values()) {
            if (link.flags().contains(flag) && flag != LinkFlag.RUNNING) {
                names.add(flag.name());
            }
        }
        if (link.netnsId() < 0 && interfaces.isDown(link.peerIndex())) {
            names.add("M-DOWN");
        }
        return names;
    }

    private String fullName(Link link) {
        if (link.netnsId() >= 0) {
            return link.name() + "@if" + link.peerIndex();
        } else if (link.peerIndex() > 0) {
            return link.name() + "@" + interfaces.name(link.peerIndex());
        }
        return link.name() + (isTunnel(link) ? "@NONE" : "");
    }

    private IpRecord briefLink(Link link) {
        IpRecord shown = brief(link);
        String mac = String.valueOf(link.mac());
        shown.field("address", "", link.mac() == null ? "" : mac, " ");
        ArrayNode flags = shown.json().putArray("flags");
        flags(link).forEach(flags::add);
        return shown.text("<" + String.join(",", flags(link)) + "> \n");
    }

    private IpRecord briefAddresses(Link link, List<Addr> addrs) {
        IpRecord shown = brief(link);
        ArrayNode infos = shown.json().putArray("addr_info");
        for (Addr addr : addrs) {
            ObjectNode info = infos.addObject();
            IpAddress.local(addr, info);
            shown.text(
                    info.get("local").textValue() + "/" + info.get("prefixlen").intValue() + " ");
        }
        return shown.text("\n");
    }

    private IpRecord brief(Link link) {
        IpRecord shown = new IpRecord();
        shown.json().put("ifname", link.name()).put("operstate", link.operState().name());
        return shown.text(String.format("%-16s %-14s ", fullName(link), link.operState().name()));
    }
}
