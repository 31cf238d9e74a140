package dev.cnilab.cni.plugin;

import dev.cnilab.cni.Attachment;
import dev.cnilab.cni.CniException;
import dev.cnilab.cni.PortMapping;
import dev.cnilab.cni.ipam.Ipam;
import dev.cnilab.cni.ipam.Pool;
import dev.cnilab.cni.ipam.Reservation;
import dev.cnilab.cni.ipam.ReservationDirectory;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The addresses of one network on this node, and the host ports mapped to them. The port rules are
 * derived from the reservations and replaced whenever reservations with ports change.
 *
 * @param gate held while the reservations are open
 */
record Addresses(PluginConfig config, ReentrantLock gate) {

    /**
     * Reserves an address. When none is free, first releases stale reservations, whose pods no
     * longer exist.
     */
    Reservation reserve(Connection node, Pool pool, Ipam.AllocationRequest request)
            throws IOException {
        try (ReservationDirectory open = open()) {
            Ipam ipam = new Ipam(open);
            if (ipam.free(pool) == 0) {
                releaseUnless(open, alive(node));
            }
            Reservation made = ipam.reserve(pool, request);
            if (!made.ports().isEmpty()) {
                try {
                    HostPorts.of(config).replace(open.all());
                    HostPorts.forgetFlows(made.ports());
                } catch (IOException | RuntimeException e) {
                    open.remove(made.address());
                    throw e;
                }
            }
            return made;
        }
    }

    void release(Attachment attachment) throws IOException {
        releaseUnless(reservation -> !reservation.attachment().equals(attachment));
    }

    void releaseUnless(Predicate<Reservation> kept) throws IOException {
        try (ReservationDirectory open = open()) {
            releaseUnless(open, kept);
        }
    }

    /** Returns the number of free addresses, after releasing stale reservations. */
    int free(Connection node, Pool pool) throws IOException {
        try (ReservationDirectory open = open()) {
            Ipam ipam = new Ipam(open);
            if (ipam.free(pool) == 0) {
                releaseUnless(open, alive(node));
            }
            return ipam.free(pool);
        }
    }

    /**
     * Returns the attachment's reservation.
     *
     * @throws CniException code 102 when it has none
     */
    Reservation find(Attachment attachment) throws IOException {
        try (ReservationDirectory open = open()) {
            return new Ipam(open)
                    .find(attachment)
                    .orElseThrow(() ->
                            new CniException(
                                    CniException.Code.CHECK_FAILED,
                                    "no address is reserved for " + attachment));
        }
    }

    /**
     * Removes the port rules before the reservations: otherwise an address could be allocated again
     * while old rules still forward traffic to it.
     */
    private void releaseUnless(ReservationDirectory open, Predicate<Reservation> kept)
            throws IOException {
        List<Reservation> all = List.copyOf(open.all());
        List<PortMapping> ports =
                all.stream().filter(kept.negate()).flatMap(gone -> gone.ports().stream()).toList();
        if (!ports.isEmpty()) {
            HostPorts.of(config).replace(all.stream().filter(kept).toList());
            HostPorts.forgetFlows(ports);
        }
        new Ipam(open).releaseUnless(kept);
    }

    /** Matches reservations of existing pods: the namespace's file or the node's link exists. */
    private static Predicate<Reservation> alive(Connection node) throws IOException {
        Set<String> links =
                new Links(node).list().stream().map(Link::name).collect(Collectors.toSet());
        return reservation ->
                links.contains(reservation.attachment().hostName())
                        || NetNamespace.seenByMachine(Path.of(reservation.netns())).exists();
    }

    private ReservationDirectory open() throws IOException {
        return ReservationDirectory.open(config.reservations(), gate);
    }
}
