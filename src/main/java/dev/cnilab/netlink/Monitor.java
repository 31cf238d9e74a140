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
 * {@code ip monitor}: the changes of links, addresses, IPv4 routes and IPv4 neighbours of one
 * network namespace, in the kernel's order, from the moment it was opened.
 *
 * <p>One thread takes events; any thread may close.
 */
public final class Monitor implements AutoCloseable {

    /** RTNLGRP_* of include/uapi/linux/rtnetlink.h as bits. */
    private static final int GROUPS = group(1) | group(3) | group(5) | group(7) | group(9);

    /** How long a reader may stay in the kernel, and so {@link #close} wait. */
    private static final Duration SLICE = Duration.ofMillis(50);

    /** Some ten thousand routes may change at once. */
    private static final int RECEIVE_BUFFER = 8 << 20;

    private final Transport transport;
    private final Queue<Event> events = new ArrayDeque<>();
    private volatile boolean open = true;

    Monitor(Transport transport) {
        this.transport = transport;
    }

    /** Of the calling thread's namespace. */
    public static Monitor open() throws IOException {
        NetlinkSocket socket = NetlinkSocket.open(Protocol.ROUTE, GROUPS, SLICE);
        try {
            socket.receiveBuffer(RECEIVE_BUFFER);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return new Monitor(socket);
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
     * @return empty after the time (kept to some 50 ms), or soon after {@link #close}
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
        // The reader leaves the kernel first: a closed descriptor's number may be another's at
        // once.
        synchronized (this) {
            transport.close();
        }
    }

    private void receive() throws NetlinkException {
        try {
            for (Reply reply : Reply.parse(transport.receive())) {
                Event event = decode(reply);
                if (event != null) {
                    events.add(event);
                }
            }
        } catch (MalformedMessageException e) {
            throw new NetlinkException("ip monitor", e);
        } catch (IOException e) {
            NetlinkException failure = NetlinkException.of("ip monitor", e);
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
            case Rtm.NEWROUTE, Rtm.DELROUTE -> {
                Route route = Routes.decode(reply);
                yield route == null
                        ? null
                        : new Event.RouteEvent(route, reply.type() == Rtm.DELROUTE);
            }
            case Rtm.NEWNEIGH, Rtm.DELNEIGH -> {
                Neigh neigh = Neighs.decode(reply);
                yield neigh == null
                        ? null
                        : new Event.NeighEvent(neigh, reply.type() == Rtm.DELNEIGH);
            }
            default -> null;
        };
    }

    private static int group(int number) {
        return 1 << number - 1;
    }
}
