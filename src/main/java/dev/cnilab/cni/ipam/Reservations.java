package dev.cnilab.cni.ipam;

import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Who has which address. An open one is held by one caller on the machine alone. */
public interface Reservations extends AutoCloseable {

    Collection<Reservation> all() throws IOException;

    /** The address given last; null when none was yet. */
    @Nullable Ipv4Address last() throws IOException;

    /** Makes a reservation durable, or leaves nothing of it. */
    void put(Reservation reservation) throws IOException;

    /** Forgets a reservation; a missing one is no error. */
    void remove(Ipv4Address address) throws IOException;

    @Override
    void close() throws IOException;
}
