package dev.cnilab.cni.backend;

import dev.cnilab.net.Ipv4Prefix;
import java.util.OptionalInt;

/**
 * What of the network does not change while the agent runs.
 *
 * @param backend how packets come to other nodes
 * @param network all pods' addresses
 * @param subnet this node's
 * @param choice of the external interface
 * @param mtu at most; empty: as large as the external interface allows
 * @param masquerade whether pods are hidden behind the node towards the outside
 */
public record BackendConfig(
        Backend backend,
        Ipv4Prefix network,
        Ipv4Prefix subnet,
        InterfaceChoice choice,
        OptionalInt mtu,
        boolean masquerade) {

    /**
     * The tunnel's MTU over that interface, in bytes: room for the outer header is left, whatever
     * was asked for.
     */
    int mtuOver(ExternalInterface external) {
        int room = external.mtu() - backend.overhead();
        return mtu.isPresent() ? Math.min(mtu.getAsInt(), room) : room;
    }
}
