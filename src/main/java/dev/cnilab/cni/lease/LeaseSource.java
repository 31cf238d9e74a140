package dev.cnilab.cni.lease;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.TunnelDriver;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Stores and watches the nodes' leases. */
public interface LeaseSource extends AutoCloseable {

    /**
     * This node's configuration before its agent has published a lease.
     *
     * @param publicIp published in place of the external interface's address
     */
    record Own(Ipv4Prefix subnet, Optional<Ipv4Address> publicIp) {}

    /**
     * Returns this node's subnet.
     *
     * @throws IOException when the node is unknown or has no subnet; the message says how to fix it
     */
    Own own() throws IOException;

    /**
     * Reports the leases of all nodes, including this one's if published: once before this returns,
     * and again all of them after every change, from one thread at a time. A broken connection is
     * re-established and the current leases are reported.
     */
    void watch(Consumer<List<Lease>> listener) throws IOException;

    /** Publishes this node's lease. Repeatable. */
    void publish(Lease lease, TunnelDriver tunnel) throws IOException;

    /** Publishes that this node's pods can be reached. Called once device and routes exist. */
    void publishReady() throws IOException;

    @Override
    void close();
}
