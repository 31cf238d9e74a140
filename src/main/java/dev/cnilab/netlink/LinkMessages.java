package dev.cnilab.netlink;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.MacAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes {@code struct ifinfomsg} and its attributes: include/uapi/linux/rtnetlink.h,
 * if_link.h, if_tunnel.h.
 */
final class LinkMessages {

    static final int IFLA_ADDRESS = 1;
    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_LINK = 5;
    static final int IFLA_QDISC = 6;
    static final int IFLA_MASTER = 10;
    static final int IFLA_PROTINFO = 12;
    static final int IFLA_TXQLEN = 13;
    static final int IFLA_OPERSTATE = 16;
    static final int IFLA_LINKINFO = 18;
    static final int IFLA_GROUP = 27;
    static final int IFLA_NET_NS_FD = 28;
    static final int IFLA_EXT_MASK = 29;
    static final int IFLA_LINK_NETNSID = 37;

    static final int IFLA_INFO_KIND = 1;
    static final int IFLA_INFO_DATA = 2;
    private static final int IFLA_INFO_SLAVE_KIND = 4;
    private static final int IFLA_INFO_SLAVE_DATA = 5;

    static final int VETH_INFO_PEER = 1;
    static final int IFLA_BRPORT_MODE = 4;

    static final int IFLA_IPTUN_LOCAL = 2;
    static final int IFLA_IPTUN_REMOTE = 3;
    static final int IFLA_IPTUN_TTL = 4;
    static final int IFLA_IPTUN_TOS = 5;
    static final int IFLA_IPTUN_PMTUDISC = 10;

    static final int IFLA_VXLAN_ID = 1;
    static final int IFLA_VXLAN_GROUP = 2;
    static final int IFLA_VXLAN_LOCAL = 4;
    static final int IFLA_VXLAN_PORT = 15;

    /** {@code RTEXT_FILTER_SKIP_STATS}: excludes counters from the reply. */
    static final int SKIP_STATS = 1 << 3;

    private static final int IFINFOMSG = 16;

    private LinkMessages() {}

    static Message request(int type, int flags, int index) {
        return header(Message.request(type, flags), Rtm.AF_UNSPEC, index, 0, 0);
    }

    /**
     * Appends {@code struct ifinfomsg}.
     *
     * @param change mask of the flags to change
     */
    static Message header(Message message, int family, int index, int flags, int change) {
        return message.putByte(family)
                .putByte(0)
                .putShort(0)
                .putInt(index)
                .putInt(flags)
                .putInt(change);
    }

    /** Decodes a link; null for a message of another family, such as a bridge's about its ports. */
    static @Nullable Link decode(Reply reply) throws MalformedMessageException {
        boolean link = reply.type() == Rtm.NEWLINK || reply.type() == Rtm.DELLINK;
        if (!link || reply.u8(0) != Rtm.AF_UNSPEC) {
            return null;
        }
        Attributes attributes = reply.attributes(IFINFOMSG);
        byte[] mac = attributes.bytes(IFLA_ADDRESS);
        Attributes info = attributes.nested(IFLA_LINKINFO);
        String kind = Objects.requireNonNullElse(info.string(IFLA_INFO_KIND), "");
        return new Link(
                reply.s32(4),
                attributes.requireString(IFLA_IFNAME),
                kind,
                LinkFlag.of(reply.s32(8)),
                attributes.u32(IFLA_MTU, 0),
                mac == null || mac.length != 6 ? null : MacAddress.of(mac, 0),
                attributes.u32(IFLA_MASTER, 0),
                attributes.u32(IFLA_LINK, 0),
                attributes.u32(IFLA_LINK_NETNSID, -1),
                OperState.of(attributes.u8(IFLA_OPERSTATE, 0)),
                Objects.requireNonNullElse(attributes.string(IFLA_QDISC), ""),
                attributes.u32(IFLA_TXQLEN, 0),
                attributes.u32(IFLA_GROUP, 0),
                hairpin(info),
                data(kind, info.nested(IFLA_INFO_DATA)));
    }

    private static boolean hairpin(Attributes info) throws MalformedMessageException {
        return "bridge".equals(info.string(IFLA_INFO_SLAVE_KIND))
                && info.nested(IFLA_INFO_SLAVE_DATA).u8(IFLA_BRPORT_MODE, 0) != 0;
    }

    private static LinkData data(String kind, Attributes data) throws MalformedMessageException {
        return switch (kind) {
            case "veth" -> new LinkData.Veth();
            case "bridge" -> new LinkData.Bridge();
            case "ipip" ->
                    new LinkData.IpIp(
                            address(data, IFLA_IPTUN_LOCAL),
                            address(data, IFLA_IPTUN_REMOTE),
                            data.u8(IFLA_IPTUN_TTL, 0),
                            data.u8(IFLA_IPTUN_TOS, 0),
                            data.u8(IFLA_IPTUN_PMTUDISC, 0) != 0);
            case "vxlan" ->
                    new LinkData.Vxlan(
                            data.u32(IFLA_VXLAN_ID, 0),
                            address(data, IFLA_VXLAN_LOCAL),
                            address(data, IFLA_VXLAN_GROUP),
                            data.be16(IFLA_VXLAN_PORT, 0));
            default -> new LinkData.Other();
        };
    }

    private static Ipv4Address address(Attributes data, int type) throws MalformedMessageException {
        return new Ipv4Address(data.be32(type, 0));
    }
}
