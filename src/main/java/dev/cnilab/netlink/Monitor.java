package dev.cnilab.netlink;

import dev.cnilab.host.Errno;
import dev.cnilab.host.NetNamespace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * {@code ip monitor}: reports changes of the links, addresses, routes and neighbours of one network
 * namespace, or {@code nft monitor}: those of its nf_tables; in the kernel's order, from the moment
 * it was opened.
 *
 * <p>One thread takes events; any thread may close.
 */
public final class Monitor implements AutoCloseable {

    // include/uapi/linux/rtnetlink.h
    private static final int RTNLGRP_LINK = 1;
    private static final int RTNLGRP_NEIGH = 3;
    private static final int RTNLGRP_IPV4_IFADDR = 5;
    private static final int RTNLGRP_IPV4_ROUTE = 7;
    private static final int RTNLGRP_IPV6_IFADDR = 9;
    private static final int RTNLGRP_IPV6_ROUTE = 11;

    // include/uapi/linux/netfilter/nfnetlink.h, nf_tables.h
    private static final int NFNLGRP_NFTABLES = 7;
    private static final int NFNL_SUBSYS_NFTABLES = 10;
    private static final int NFT_MSG_NEWGEN = 15;
    private static final int NFTA_TABLE_NAME = 1;

    private static final int GROUPS =
            group(RTNLGRP_LINK)
                    | group(RTNLGRP_NEIGH)
                    | group(RTNLGRP_IPV4_IFADDR)
                    | group(RTNLGRP_IPV4_ROUTE)
                    | group(RTNLGRP_IPV6_IFADDR)
                    | group(RTNLGRP_IPV6_ROUTE);

    private static final int TABLE_GROUPS = group(NFNLGRP_NFTABLES);

    /**
     * Size of {@code struct nfgenmsg}. The first attribute of every nf_tables message after it
     * names the table.
     */
    private static final int NFGENMSG = 4;

    /** Type of the message that ends a transaction; it has no table. */
    private static final int NEWGEN = NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_NEWGEN;

    /** How long a receive call may block, and thus {@link #close} wait. */
    private static final Duration SLICE = Duration.ofMillis(50);

    /** Holds about ten thousand route changes. */
    private static final int RECEIVE_BUFFER = 8 << 20;

    private final Transport transport;
    private final String operation;
    private final Decoder<Event> decoder;
    private final Queue<Event> events = new ArrayDeque<>();
    private volatile boolean open = true;

    private Monitor(Transport transport, String operation, Decoder<Event> decoder) {
        this.transport = transport;
        this.operation = operation;
        this.decoder = decoder;
    }

    /** Monitors links, addresses, routes and neighbours over a transport. */
    static Monitor over(Transport transport) {
        return new Monitor(transport, "ip monitor", Monitor::decode);
    }

    /** Monitors links, addresses, routes and neighbours of the calling thread's namespace. */
    public static Monitor open() throws IOException {
        return over(socket(Protocol.ROUTE, GROUPS));
    }

    /** Monitors the nf_tables of the calling thread's namespace. */
    public static Monitor ofTables() throws IOException {
        return new Monitor(
                socket(Protocol.NETFILTER, TABLE_GROUPS), "nft monitor", Monitor::decodeTable);
    }

    private static NetlinkSocket socket(Protocol protocol, int groups) throws IOException {
        NetlinkSocket socket = NetlinkSocket.open(protocol, groups, SLICE);
        try {
            socket.receiveBuffer(RECEIVE_BUFFER);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    public static Monitor open(NetNamespace namespace) throws IOException {
        return namespace.call(() -> open());
    }

    public boolean isOpen() {
        return open;
    }

    /**
     * Waits for the next event.
     *
     * @return empty after the timeout (exceeded by up to 50 ms), or soon after {@link #close}
     */
    public synchronized Optional<Event> next(Duration timeout) throws NetlinkException {
        long start = System.nanoTime();
        while (open && events.isEmpty() && System.nanoTime() - start < timeout.toNanos()) {
            receive();
        }
        return Optional.ofNullable(events.poll());
    }

    @Override
    public void close() {
        open = false;
        // Waits for a receive call to return: a closed descriptor's number may be reused
        // immediately.
        synchronized (this) {
            transport.close();
        }
    }

    private void receive() throws NetlinkException {
        try {
            for (Reply reply : Reply.parse(transport.receive())) {
                Event event = decoder.decode(reply);
                if (event != null) {
                    events.add(event);
                }
            }
        } catch (MalformedMessageException e) {
            throw new NetlinkException(operation, e);
        } catch (IOException e) {
            NetlinkException failure = NetlinkException.of(operation, e);
            if (failure.is(Errno.ENOBUFS)) {
                events.add(new Event.Overrun());
            } else if (!failure.is(Errno.EAGAIN)) {
                throw failure;
            }
        }
    }

    private static @Nullable Event decode(Reply reply) throws MalformedMessageException {
        return switch (reply.type()) {
            case Rtm.NEWLINK, Rtm.DELLINK -> {
                Link link = LinkMessages.decode(reply);
                yield link == null ? null : new Event.LinkEvent(link, reply.type() == Rtm.DELLINK);
            }
            case Rtm.NEWADDR, Rtm.DELADDR -> {
                Addr addr = Addrs.decode(reply);
                yield addr == null ? null : new Event.AddrEvent(addr, reply.type() == Rtm.DELADDR);
            }
            case Rtm.NEWROUTE, Rtm.DELROUTE -> route(reply, reply.type() == Rtm.DELROUTE);
            case Rtm.NEWNEIGH, Rtm.DELNEIGH -> neigh(reply, reply.type() == Rtm.DELNEIGH);
            default -> null;
        };
    }

    private static @Nullable Event route(Reply reply, boolean deleted)
            throws MalformedMessageException {
        if (reply.u8(0) == Rtm.AF_INET6) {
            return new Event.Ipv6RouteEvent(Ipv6Route.decode(reply), deleted);
        }
        Route route = Routes.decode(reply);
        return route == null ? null : new Event.RouteEvent(route, deleted);
    }

    private static @Nullable Event neigh(Reply reply, boolean deleted)
            throws MalformedMessageException {
        if (reply.u8(0) == Rtm.AF_INET6) {
            return new Event.Ipv6NeighEvent(Ipv6Neigh.decode(reply), deleted);
        }
        Neigh neigh = Neighs.decode(reply);
        return neigh == null ? null : new Event.NeighEvent(neigh, deleted);
    }

    private static @Nullable Event decodeTable(Reply reply) throws MalformedMessageException {
        boolean ofTable = reply.type() >> 8 == NFNL_SUBSYS_NFTABLES && reply.type() != NEWGEN;
        return ofTable
                ? new Event.TableEvent(reply.attributes(NFGENMSG).requireString(NFTA_TABLE_NAME))
                : null;
    }

    private static int group(int number) {
        return 1 << number - 1;
    }
}
