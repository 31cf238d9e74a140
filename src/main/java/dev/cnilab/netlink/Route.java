package dev.cnilab.netlink;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 route.
 *
 * @param dst destination; length 0 is the default route
 * @param gateway null for a directly connected destination
 * @param dev index of the link; 0 for none
 * @param protocol origin of the route, 0 to 255; see {@link #BOOT}
 * @param table 254 is main, 255 local
 * @param metric lower is preferred
 * @param onlink the gateway is treated as reachable on the link although no address covers it
 * @param prefSource source address of packets that this machine sends along the route
 * @param mtu bytes; 0 for the link's
 */
public record Route(
        Ipv4Prefix dst,
        @Nullable Ipv4Address gateway,
        int dev,
        Scope scope,
        int protocol,
        RouteType type,
        int table,
        int metric,
        boolean onlink,
        @Nullable Ipv4Address prefSource,
        int mtu) {

    /** Values of {@code protocol}: include/uapi/linux/rtnetlink.h, RTPROT_*. */
    public static final int KERNEL = 2;

    public static final int BOOT = 3;
    public static final int STATIC = 4;

    public static final int MAIN = 254;
    public static final int LOCAL = 255;

    /** Creates the route of {@code ip route add DST dev DEV scope link}. */
    public static Route onLink(Ipv4Prefix dst, int dev) {
        return new Route(
                dst, null, dev, Scope.LINK, BOOT, RouteType.UNICAST, MAIN, 0, false, null, 0);
    }

    /** Creates the route of {@code ip route add DST via GATEWAY dev DEV}. */
    public static Route via(Ipv4Prefix dst, Ipv4Address gateway, int dev) {
        return new Route(
                dst, gateway, dev, Scope.GLOBAL, BOOT, RouteType.UNICAST, MAIN, 0, false, null, 0);
    }

    public Route withOnlink() {
        return new Route(
                dst, gateway, dev, scope, protocol, type, table, metric, true, prefSource, mtu);
    }

    public Route withProtocol(int number) {
        return new Route(
                dst, gateway, dev, scope, number, type, table, metric, onlink, prefSource, mtu);
    }

    public Route withMetric(int number) {
        return new Route(
                dst, gateway, dev, scope, protocol, type, table, number, onlink, prefSource, mtu);
    }

    public Route withPrefSource(Ipv4Address source) {
        return new Route(
                dst, gateway, dev, scope, protocol, type, table, metric, onlink, source, mtu);
    }

    public Route withMtu(int bytes) {
        return new Route(
                dst, gateway, dev, scope, protocol, type, table, metric, onlink, prefSource, bytes);
    }

    /** Returns the default route's destination, 0.0.0.0/0. */
    public static Ipv4Prefix anyDestination() {
        return new Ipv4Prefix(Ipv4Address.ANY, 0);
    }

    /** Formats the route as {@code ip route} accepts it, with the link's index for its name. */
    @Override
    public String toString() {
        return (type == RouteType.UNICAST ? "" : type + " ")
                + (dst.length() == 0 ? "default" : dst)
                + (gateway == null ? "" : " via " + gateway)
                + (dev == 0 ? "" : " dev #" + dev)
                + (metric == 0 ? "" : " metric " + metric)
                + (onlink ? " onlink" : "")
                + (prefSource == null ? "" : " src " + prefSource)
                + (table == MAIN ? "" : " table " + table);
    }
}
