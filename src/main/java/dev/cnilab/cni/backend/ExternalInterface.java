package dev.cnilab.cni.backend;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;

/**
 * The interface that connects this node to the others.
 *
 * @param address the tunnel's local address, with the prefix length of the interface's subnet
 * @param mtu bytes
 */
public record ExternalInterface(String name, int index, Ipv4Prefix address, int mtu) {

    /** Checks whether an address is in this interface's subnet. */
    boolean reachesDirectly(Ipv4Address other) {
        return address.contains(other);
    }
}
