package dev.cnilab.netlink;

import dev.cnilab.net.MacAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network interface.
 *
 * @param index positive, unique in its namespace
 * @param kind as in {@code ip link add type KIND}; empty for a device of none, such as lo
 * @param mtu bytes
 * @param mac null where the link has no Ethernet address
 * @param master index of the bridge that it is a port of; 0 for none
 * @param peerIndex of a veth's other end or of the device below, in the namespace {@code netnsId};
 *     0 for none
 * @param netnsId the kernel's number for the peer's namespace; -1 where it is this one
 * @param qdisc such as {@code noqueue}
 * @param txQueueLen packets
 * @param hairpin whether a bridge port may send a frame back where it came from
 */
public record Link(
        int index,
        String name,
        String kind,
        Set<LinkFlag> flags,
        int mtu,
        @Nullable MacAddress mac,
        int master,
        int peerIndex,
        int netnsId,
        OperState operState,
        String qdisc,
        int txQueueLen,
        int group,
        boolean hairpin,
        LinkData data) {

    public Link {
        flags = Set.copyOf(flags);
    }

    /** Switched on by its administrator. */
    public boolean up() {
        return flags.contains(LinkFlag.UP);
    }
}
