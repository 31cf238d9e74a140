package dev.cnilab.cni.backend;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;

/**
 * The interface that joins this node to the others.
 *
 * @param address of it that the tunnel starts from, with the length of its segment's prefix
 * @param mtu bytes
 */
public record ExternalInterface(String name, int index, Ipv4Prefix address, int mtu) {

    /** Whether the address is on this interface's segment, as its own prefix says. */
    boolean reachesDirectly(Ipv4Address other) {
        return address.contains(other);
    }
}
