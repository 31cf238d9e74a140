package dev.cnilab.cni.backend;

import dev.cnilab.cni.lease.Lease;

/**
 * A backend of flannel's: how a packet of a pod comes to another node (flannel,
 * Documentation/backends.md). What differs between backends is asked here; what all have, leases,
 * firewall and reconciliation, is not.
 */
public sealed interface Backend permits IpipBackend {

    /** {@code Backend.Type} in net-conf.json, and {@code backend-type} of a lease. */
    String type();

    /** The device through which it sends. */
    String device();

    /** Bytes that it adds to a packet. */
    int overhead();

    /** How this node reaches the pods of another one. */
    PeerRoute route(Lease peer, ExternalInterface external);
}
