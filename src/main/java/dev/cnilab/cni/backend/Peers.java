package dev.cnilab.cni.backend;

import dev.cnilab.cni.lease.Lease;
import dev.cnilab.net.Ipv4Prefix;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * An immutable lookup table of the other nodes for the packet loops, without allocation. Addresses
 * are big-endian integers; 0 means none.
 */
final class Peers {

    static final int NONE = 0;

    /** The subnets' first addresses, ascending as unsigned numbers; the subnets do not overlap. */
    private final int[] bases;

    private final int[] masks;
    private final int[] nodes;

    /** The nodes' public addresses, ascending. */
    private final int[] known;

    private final int mtu;

    private Peers(List<Lease> leases, int mtu) {
        this.mtu = mtu;
        bases = leases.stream().mapToInt(lease -> lease.subnet().address().bits()).toArray();
        masks = leases.stream().mapToInt(lease -> lease.subnet().netmask().bits()).toArray();
        nodes = leases.stream().mapToInt(lease -> lease.publicIp().bits()).toArray();
        known = leases.stream().mapToInt(lease -> lease.publicIp().bits()).sorted().toArray();
    }

    /**
     * Builds the table.
     *
     * @param mtu the tunnel's, in bytes
     */
    static Peers of(Collection<Lease> leases, int mtu) {
        Comparator<Lease> bySubnet =
                Comparator.comparing(Lease::subnet, Comparator.comparing(Ipv4Prefix::address));
        return new Peers(leases.stream().sorted(bySubnet).toList(), mtu);
    }

    /** Returns the public address of the node that serves a pod's address, or {@link #NONE}. */
    int nodeOf(int pod) {
        int low = 0;
        int high = bases.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(bases[middle], pod) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high >= 0 && (pod & masks[high]) == bases[high] ? nodes[high] : NONE;
    }

    /** Returns the MTU of the tunnel in bytes. */
    int mtu() {
        return mtu;
    }

    /** Checks whether an address is a node's public address. */
    boolean isNode(int address) {
        return Arrays.binarySearch(known, address) >= 0;
    }
}
