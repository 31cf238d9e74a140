package dev.cnilab.netlink;

import static dev.cnilab.netlink.LinkMessages.IFLA_ADDRESS;
import static dev.cnilab.netlink.LinkMessages.IFLA_IFNAME;
import static dev.cnilab.netlink.LinkMessages.IFLA_INFO_DATA;
import static dev.cnilab.netlink.LinkMessages.IFLA_INFO_KIND;
import static dev.cnilab.netlink.LinkMessages.IFLA_IPTUN_LOCAL;
import static dev.cnilab.netlink.LinkMessages.IFLA_IPTUN_PMTUDISC;
import static dev.cnilab.netlink.LinkMessages.IFLA_IPTUN_REMOTE;
import static dev.cnilab.netlink.LinkMessages.IFLA_IPTUN_TOS;
import static dev.cnilab.netlink.LinkMessages.IFLA_IPTUN_TTL;
import static dev.cnilab.netlink.LinkMessages.IFLA_LINKINFO;
import static dev.cnilab.netlink.LinkMessages.IFLA_VXLAN_GROUP;
import static dev.cnilab.netlink.LinkMessages.IFLA_VXLAN_ID;
import static dev.cnilab.netlink.LinkMessages.IFLA_VXLAN_LOCAL;
import static dev.cnilab.netlink.LinkMessages.IFLA_VXLAN_PORT;

import dev.cnilab.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * A link to create; it is down at first. For a veth see {@link VethPair}.
 *
 * @param mac null for one that the kernel chooses; a bridge keeps a given one whatever its ports
 *     are
 */
public record NewLink(String name, String kind, @Nullable MacAddress mac, LinkData data) {

    public static NewLink bridge(String name, MacAddress mac) {
        return new NewLink(name, "bridge", mac, new LinkData.Bridge());
    }

    public static NewLink ipip(String name, LinkData.IpIp data) {
        return new NewLink(name, "ipip", null, data);
    }

    public static NewLink vxlan(String name, LinkData.Vxlan data) {
        return new NewLink(name, "vxlan", null, data);
    }

    String operation() {
        return "ip link add " + name + " type " + kind;
    }

    Message message() {
        Message message =
                LinkMessages.request(Rtm.NEWLINK, Message.CREATE | Message.EXCL, 0)
                        .string(IFLA_IFNAME, name);
        if (mac != null) {
            message.bytes(IFLA_ADDRESS, mac.toBytes());
        }
        return message.nested(
                IFLA_LINKINFO,
                info -> info.string(IFLA_INFO_KIND, kind).nested(IFLA_INFO_DATA, this::putData));
    }

    private void putData(Message message) {
        switch (data) {
            case LinkData.IpIp ipip ->
                    message.bytes(IFLA_IPTUN_LOCAL, ipip.local().toBytes())
                            .bytes(IFLA_IPTUN_REMOTE, ipip.remote().toBytes())
                            .u8(IFLA_IPTUN_TTL, ipip.ttl())
                            .u8(IFLA_IPTUN_TOS, ipip.tos())
                            .u8(IFLA_IPTUN_PMTUDISC, ipip.pmtudisc() ? 1 : 0);
            case LinkData.Vxlan vxlan ->
                    message.u32(IFLA_VXLAN_ID, vxlan.vni())
                            .bytes(IFLA_VXLAN_LOCAL, vxlan.local().toBytes())
                            .bytes(IFLA_VXLAN_GROUP, vxlan.remote().toBytes())
                            .be16(IFLA_VXLAN_PORT, vxlan.port());
            case LinkData.Bridge _, LinkData.Veth _, LinkData.Other _ -> {}
        }
    }
}
