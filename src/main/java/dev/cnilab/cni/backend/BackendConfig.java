package dev.cnilab.cni.backend;

import dev.cnilab.net.Ipv4Prefix;
import java.util.OptionalInt;

/**
 * The part of the configuration that does not change while the agent runs.
 *
 * @param backend how packets reach other nodes
 * @param network the range of all pods' addresses
 * @param subnet this node's
 * @param choice of the external interface
 * @param mtu upper limit in bytes; empty for as large as the external interface allows
 * @param masquerade whether to masquerade traffic from pods to destinations outside of the network
 */
public record BackendConfig(
        Backend backend,
        Ipv4Prefix network,
        Ipv4Prefix subnet,
        InterfaceChoice choice,
        OptionalInt mtu,
        boolean masquerade) {

    /**
     * Returns the tunnel's MTU over that interface in bytes; the overhead always fits, whatever was
     * configured.
     */
    int mtuOver(ExternalInterface external) {
        int room = external.mtu() - backend.overhead();
        return mtu.isPresent() ? Math.min(mtu.getAsInt(), room) : room;
    }
}
