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

/** Gives the addresses of one node and takes them back. */
public record Ipam(Reservations reservations) {

    /**
     * What a pod asks for.
     *
     * @param address a certain one; null for the next
     */
    public record AllocationRequest(
            Attachment attachment,
            String netns,
            @Nullable Ipv4Address address,
            List<PortMapping> ports) {}

    /**
     * Reserves an address, and the ports of the host that shall lead to it.
     *
     * @throws CniException when the attachment already has one, the wanted one is not to be had, a
     *     port is another attachment's (code 101), or none is left (code 100)
     */
    public Reservation reserve(Pool pool, AllocationRequest wish) throws IOException {
        Collection<Reservation> all = reservations.all();
        for (Reservation other : all) {
            refuseSecond(wish, other);
            refuseClash(wish, other);
        }
        Set<Ipv4Address> taken = all.stream().map(Reservation::address).collect(Collectors.toSet());
        Ipv4Address address =
                wish.address != null
                        ? wanted(pool, wish.address, taken)
                        : pool.next(reservations.last(), taken::contains)
                                .orElseThrow(() -> exhausted(pool));
        Reservation made = new Reservation(address, wish.attachment, wish.netns, wish.ports);
        reservations.put(made);
        return made;
    }

    public Optional<Reservation> find(Attachment attachment) throws IOException {
        return reservations.all().stream().filter(r -> r.attachment().equals(attachment)).findAny();
    }

    /** Takes back what is not to be kept, and tells whose it was. */
    public List<Reservation> releaseUnless(Predicate<Reservation> kept) throws IOException {
        List<Reservation> stale = reservations.all().stream().filter(Predicate.not(kept)).toList();
        for (Reservation reservation : stale) {
            reservations.remove(reservation.address());
        }
        return stale;
    }

    /** How many addresses of the pool are free. */
    public int free(Pool pool) throws IOException {
        return pool.size()
                - (int)
                        reservations.all().stream()
                                .filter(reservation -> pool.contains(reservation.address()))
                                .count();
    }

    private static void refuseSecond(AllocationRequest wish, Reservation other)
            throws CniException {
        if (other.attachment().equals(wish.attachment)) {
            throw new CniException(
                    CniException.Code.CONFLICT,
                    wish.attachment + " already has " + other.address(),
                    "a second ADD needs a DEL before it");
        }
    }

    private static void refuseClash(AllocationRequest wish, Reservation other) throws CniException {
        for (PortMapping port : wish.ports) {
            if (other.ports().stream().anyMatch(port::clashesWith)) {
                throw new CniException(
                        CniException.Code.CONFLICT,
                        "host port " + port.hostPort() + "/" + port.protocol() + " is taken",
                        "it leads to " + other.attachment() + " at " + other.address());
            }
        }
    }

    private static Ipv4Address wanted(Pool pool, Ipv4Address address, Set<Ipv4Address> taken)
            throws CniException {
        if (!pool.contains(address)) {
            throw new CniException(
                    CniException.Code.CONFIG,
                    "requested address " + address + " is not in the pool of " + pool.gateway(),
                    "base, broadcast and gateway of the subnet are not given");
        }
        if (taken.contains(address)) {
            throw new CniException(
                    CniException.Code.CONFLICT, "requested address " + address + " is taken");
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
