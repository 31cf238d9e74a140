package dev.cnilab.cni.ipam;

import dev.cnilab.cni.Attachment;
import dev.cnilab.cni.CniException;
import dev.cnilab.cni.PortMapping;
import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Allocates and releases the addresses of one node. */
public record Ipam(Reservations reservations) {

    /**
     * An allocation request.
     *
     * @param address a specific address; null for the next free one
     */
    public record AllocationRequest(
            Attachment attachment,
            String netns,
            @Nullable Ipv4Address address,
            List<PortMapping> ports) {}

    /**
     * Reserves an address, and the host ports that are mapped to it.
     *
     * @throws CniException code 101 when the attachment already has an address, the requested one
     *     is not available or a port is in use; code 100 when no address is free
     */
    public Reservation reserve(Pool pool, AllocationRequest request) throws IOException {
        Collection<Reservation> all = reservations.all();
        for (Reservation other : all) {
            requireFirst(request, other);
            requireFreePorts(request, other);
        }
        Set<Ipv4Address> reserved =
                all.stream().map(Reservation::address).collect(Collectors.toSet());
        Ipv4Address address =
                request.address != null
                        ? requested(pool, request.address, reserved)
                        : pool.next(reservations.last(), reserved::contains)
                                .orElseThrow(() -> exhausted(pool));
        Reservation reservation =
                new Reservation(address, request.attachment, request.netns, request.ports);
        reservations.put(reservation);
        return reservation;
    }

    public Optional<Reservation> find(Attachment attachment) throws IOException {
        return reservations.all().stream().filter(r -> r.attachment().equals(attachment)).findAny();
    }

    /** Releases all reservations that do not match, and returns them. */
    public List<Reservation> releaseUnless(Predicate<Reservation> kept) throws IOException {
        List<Reservation> stale = reservations.all().stream().filter(Predicate.not(kept)).toList();
        for (Reservation reservation : stale) {
            reservations.remove(reservation.address());
        }
        return stale;
    }

    /** Returns the number of the pool's free addresses. */
    public int free(Pool pool) throws IOException {
        return pool.size()
                - (int)
                        reservations.all().stream()
                                .filter(reservation -> pool.contains(reservation.address()))
                                .count();
    }

    private static void requireFirst(AllocationRequest request, Reservation other)
            throws CniException {
        if (other.attachment().equals(request.attachment)) {
            throw new CniException(
                    CniException.Code.CONFLICT,
                    request.attachment + " already has " + other.address(),
                    "run DEL before a second ADD");
        }
    }

    private static void requireFreePorts(AllocationRequest request, Reservation other)
            throws CniException {
        for (PortMapping port : request.ports) {
            if (other.ports().stream().anyMatch(port::clashesWith)) {
                throw new CniException(
                        CniException.Code.CONFLICT,
                        "host port " + port.hostPort() + "/" + port.protocol() + " is in use",
                        "it is mapped to " + other.attachment() + " at " + other.address());
            }
        }
    }

    private static Ipv4Address requested(Pool pool, Ipv4Address address, Set<Ipv4Address> reserved)
            throws CniException {
        if (!pool.contains(address)) {
            throw new CniException(
                    CniException.Code.CONFIG,
                    "requested address " + address + " is not in the pool of " + pool.gateway(),
                    "the subnet's base, broadcast and gateway addresses cannot be allocated");
        }
        if (reserved.contains(address)) {
            throw new CniException(
                    CniException.Code.CONFLICT, "requested address " + address + " is in use");
        }
        return address;
    }

    private static CniException exhausted(Pool pool) {
        return new CniException(
                CniException.Code.EXHAUSTED,
                "no IP addresses available in " + pool.gateway().network(),
                "all " + pool.size() + " addresses are reserved");
    }
}
