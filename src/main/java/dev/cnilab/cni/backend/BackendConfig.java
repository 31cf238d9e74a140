package dev.cnilab.cni.backend;

import dev.cnilab.net.Ipv4Prefix;
import java.util.OptionalInt;

/**
 * What of the network does not change while the agent runs.
 *
 * @param network all pods' addresses
 * @param subnet this node's
 * @param choice of the external interface
 * @param directRouting whether nodes on one segment are routed to without the tunnel
 * @param mtu at most; empty: as large as the external interface allows
 * @param masquerade whether pods are hidden behind the node towards the outside
 */
public record BackendConfig(
        Ipv4Prefix network,
        Ipv4Prefix subnet,
        InterfaceChoice choice,
        boolean directRouting,
        OptionalInt mtu,
        boolean masquerade) {

    /**
     * The tunnel's MTU over that interface, in bytes: room for the outer header is left, whatever
     * was asked for.
     */
    int mtuOver(ExternalInterface external) {
        int room = external.mtu() - Encapsulation.HEADER;
        return mtu.isPresent() ? Math.min(mtu.getAsInt(), room) : room;
    }
}
