package dev.cnilab.cni.lease;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.TunnelDriver;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the nodes' leases are written down. */
public interface LeaseSource extends AutoCloseable {

    /**
     * What is laid down for this node before its agent runs.
     *
     * @param publicIp to be published in place of the external interface's address
     */
    record Own(Ipv4Prefix subnet, Optional<Ipv4Address> publicIp) {}

    /**
     * This node's subnet.
     *
     * @throws IOException when the node is unknown or no subnet is assigned to it; the message says
     *     what to do
     */
    Own own() throws IOException;

    /**
     * Reports the leases of all nodes, this one's included if it is published: once before this
     * returns, and again all of them at every change, from one thread at a time. A connection that
     * breaks is made again; what the source holds then is reported anew.
     */
    void watch(Consumer<List<Lease>> listener) throws IOException;

    /** Makes this node's lease known to the others; repeatable. */
    void publish(Lease lease, TunnelDriver tunnel) throws IOException;

    /** Says that pods of this node can be reached; called when device and routes stand. */
    void publishReady() throws IOException;

    @Override
    void close();
}
