package dev.cnilab.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.LinkData;

/** The details of {@code ip -d}: a link's kind and its specific settings. */
final class IpLinkDetails {

    private IpLinkDetails() {}

    static void show(Link link, Interfaces interfaces, IpRecord shown) {
        if (link.kind().isEmpty() && link.master() == 0) {
            return;
        }
        ObjectNode info = shown.json().putObject("linkinfo");
        if (!link.kind().isEmpty()) {
            info.put("info_kind", link.kind());
            shown.text("\n    " + link.kind() + " ");
        }
        switch (link.data()) {
            case LinkData.IpIp data -> ipip(data, info.putObject("info_data"), shown);
            case LinkData.Vxlan data -> vxlan(data, info.putObject("info_data"), shown);
            case LinkData.Veth _, LinkData.Bridge _, LinkData.Other _ -> {}
        }
        if (interfaces.isBridge(link.master())) {
            info.put("info_slave_kind", "bridge");
            info.putObject("info_slave_data").put("hairpin", link.hairpin());
            shown.text("\n    bridge_slave hairpin " + (link.hairpin() ? "on " : "off "));
        }
    }

    private static void ipip(LinkData.IpIp data, ObjectNode info, IpRecord shown) {
        info.put("proto", "ipip");
        info.put("remote", endpoint(data.remote())).put("local", endpoint(data.local()));
        info.put("ttl", data.ttl()).put("pmtudisc", data.pmtudisc());
        shown.text("ipip remote " + endpoint(data.remote()));
        shown.text(" local " + endpoint(data.local()));
        shown.text(" ttl " + (data.ttl() == 0 ? "inherit" : Integer.toString(data.ttl())));
        shown.text(data.pmtudisc() ? " pmtudisc " : " nopmtudisc ");
    }

    private static void vxlan(LinkData.Vxlan data, ObjectNode info, IpRecord shown) {
        info.put("id", data.vni());
        shown.text("id " + data.vni() + " ");
        if (!data.local().equals(Ipv4Address.ANY)) {
            info.put("local", data.local().toString());
            shown.text("local " + data.local() + " ");
        }
        info.put("port", data.port());
        shown.text("dstport " + data.port() + " ");
    }

    private static String endpoint(Ipv4Address address) {
        return address.equals(Ipv4Address.ANY) ? "any" : address.toString();
    }
}
