package dev.cnilab.netlink;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ip -4 route}: lists and changes the IPv4 routes of the connection's namespace. Encoding:
 * {@code struct rtmsg}, include/uapi/linux/rtnetlink.h.
 */
public final class Routes {

    static final int RTA_DST = 1;
    static final int RTA_OIF = 4;
    static final int RTA_GATEWAY = 5;
    static final int RTA_PRIORITY = 6;
    private static final int RTA_PREFSRC = 7;
    private static final int RTA_METRICS = 8;
    static final int RTA_TABLE = 15;
    private static final int RTAX_MTU = 2;

    private static final int RTNH_F_ONLINK = 4;
    private static final int RTM_F_CLONED = 0x200;

    static final int RTMSG = 12;

    private final Connection connection;

    public Routes(Connection connection) {
        this.connection = connection;
    }

    /** Lists the routes of all tables, without cached clones. */
    public List<Route> list() throws NetlinkException {
        return connection.dump(
                "ip route show table all",
                header(Message.request(Rtm.GETROUTE, 0), 0, 0, 0, 0, 0, 0),
                reply -> (reply.s32(8) & RTM_F_CLONED) != 0 ? null : decode(reply));
    }

    /** Lists the routes of one table. */
    public List<Route> list(int table) throws NetlinkException {
        return list().stream().filter(route -> route.table() == table).toList();
    }

    /**
     * Returns the route that the kernel selects for a destination.
     *
     * @throws NetlinkException ENETUNREACH when there is none
     */
    public Route get(Ipv4Address dst) throws NetlinkException {
        return connection.get(
                "ip route get " + dst,
                header(Message.request(Rtm.GETROUTE, 0), 32, 0, 0, 0, 0, 0)
                        .bytes(RTA_DST, dst.toBytes()),
                Routes::decode);
    }

    /**
     * Adds a route.
     *
     * @throws NetlinkException EEXIST when it exists; ENETUNREACH when the gateway is not on the
     *     link; ENODEV when the link does not exist
     */
    public void add(Route route) throws NetlinkException {
        connection.execute(
                "ip route add " + route,
                message(Rtm.NEWROUTE, Message.CREATE | Message.EXCL, route));
    }

    /** Adds a route, or replaces the one with the same destination, metric and table. */
    public void replace(Route route) throws NetlinkException {
        connection.execute(
                "ip route replace " + route,
                message(Rtm.NEWROUTE, Message.CREATE | Message.REPLACE, route));
    }

    /**
     * Deletes a route.
     *
     * @throws NetlinkException ESRCH when there is none
     */
    public void delete(Route route) throws NetlinkException {
        connection.execute("ip route del " + route, message(Rtm.DELROUTE, 0, route));
    }

    static @Nullable Route decode(Reply reply) throws MalformedMessageException {
        boolean route = reply.type() == Rtm.NEWROUTE || reply.type() == Rtm.DELROUTE;
        if (!route || reply.u8(0) != Rtm.AF_INET) {
            return null;
        }
        Attributes attributes = reply.attributes(RTMSG);
        int length = reply.u8(1);
        if (length > 32) {
            throw new MalformedMessageException("an IPv4 route of length " + length);
        }
        return new Route(
                new Ipv4Prefix(new Ipv4Address(attributes.be32(RTA_DST, 0)), length),
                address(attributes, RTA_GATEWAY),
                attributes.u32(RTA_OIF, 0),
                Scope.of(reply.u8(6)),
                reply.u8(5),
                RouteType.of(reply.u8(7)),
                attributes.u32(RTA_TABLE, reply.u8(4)),
                attributes.u32(RTA_PRIORITY, 0),
                (reply.s32(8) & RTNH_F_ONLINK) != 0,
                address(attributes, RTA_PREFSRC),
                attributes.nested(RTA_METRICS).u32(RTAX_MTU, 0));
    }

    private static @Nullable Ipv4Address address(Attributes attributes, int type)
            throws MalformedMessageException {
        return attributes.has(type) ? new Ipv4Address(attributes.be32(type, 0)) : null;
    }

    private static Message message(int type, int flags, Route route) {
        Message message =
                header(
                        Message.request(type, flags),
                        route.dst().length(),
                        route.table(),
                        route.protocol(),
                        route.scope().number(),
                        route.type().number(),
                        route.onlink() ? RTNH_F_ONLINK : 0);
        if (route.dst().length() > 0) {
            message.bytes(RTA_DST, route.dst().address().toBytes());
        }
        Ipv4Address gateway = route.gateway();
        if (gateway != null) {
            message.bytes(RTA_GATEWAY, gateway.toBytes());
        }
        if (route.dev() != 0) {
            message.u32(RTA_OIF, route.dev());
        }
        if (route.metric() != 0) {
            message.u32(RTA_PRIORITY, route.metric());
        }
        Ipv4Address source = route.prefSource();
        if (source != null) {
            message.bytes(RTA_PREFSRC, source.toBytes());
        }
        if (route.mtu() != 0) {
            message.nested(RTA_METRICS, metrics -> metrics.u32(RTAX_MTU, route.mtu()));
        }
        return message.u32(RTA_TABLE, route.table());
    }

    private static Message header(
            Message message, int length, int table, int protocol, int scope, int type, int flags) {
        return message.putByte(Rtm.AF_INET)
                .putByte(length)
                .putByte(0)
                .putByte(0)
                .putByte(table > 255 ? 0 : table)
                .putByte(protocol)
                .putByte(scope)
                .putByte(type)
                .putInt(flags);
    }
}
