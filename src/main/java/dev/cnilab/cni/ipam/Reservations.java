package dev.cnilab.cni.ipam;

import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The reservations of one network. While open, they are locked for all others on the machine. */
public interface Reservations extends AutoCloseable {

    Collection<Reservation> all() throws IOException;

    /** Returns the address reserved last; null when there was none yet. */
    @Nullable Ipv4Address last() throws IOException;

    /** Stores a reservation durably, or not at all. */
    void put(Reservation reservation) throws IOException;

    /** Deletes a reservation, if it exists. */
    void remove(Ipv4Address address) throws IOException;

    @Override
    void close() throws IOException;
}
