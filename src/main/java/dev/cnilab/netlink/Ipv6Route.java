package dev.cnilab.netlink;

import dev.cnilab.net.Ipv6Prefix;
import org.jspecify.annotations.Nullable;

/**
 * An IPv6 route.
 *
 * @param dst destination; length 0 is the default route
 * @param gateway of length 128; null for a directly connected destination
 * @param dev index of the link; 0 for none
 * @param table 254 is main, 255 local
 * @param metric lower is preferred
 */
public record Ipv6Route(
        Ipv6Prefix dst,
        @Nullable Ipv6Prefix gateway,
        int dev,
        RouteType type,
        int table,
        int metric) {

    static Ipv6Route decode(Reply reply) throws MalformedMessageException {
        Attributes attributes = reply.attributes(Routes.RTMSG);
        int length = reply.u8(1);
        if (length > 128) {
            throw new MalformedMessageException("an IPv6 route of length " + length);
        }
        byte[] dst = attributes.bytes(Routes.RTA_DST, 16);
        byte[] gateway = attributes.bytes(Routes.RTA_GATEWAY, 16);
        return new Ipv6Route(
                Ipv6Prefix.of(dst == null ? new byte[16] : dst, length),
                gateway == null ? null : Ipv6Prefix.of(gateway, 128),
                attributes.u32(Routes.RTA_OIF, 0),
                RouteType.of(reply.u8(7)),
                attributes.u32(Routes.RTA_TABLE, reply.u8(4)),
                attributes.u32(Routes.RTA_PRIORITY, 0));
    }

    /** Formats the route as {@code ip -6 route} accepts it, with the link's index for its name. */
    @Override
    public String toString() {
        return (type == RouteType.UNICAST ? "" : type + " ")
                + (dst.length() == 0 ? "default" : dst.length() == 128 ? dst.address() : dst)
                + (gateway == null ? "" : " via " + gateway.address())
                + (dev == 0 ? "" : " dev #" + dev)
                + (metric == 0 ? "" : " metric " + metric)
                + (table == Route.MAIN ? "" : " table " + table);
    }
}
