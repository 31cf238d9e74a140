package dev.cnilab.netlink;

import dev.cnilab.net.MacAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network interface.
 *
 * @param index positive, unique in its namespace
 * @param kind as in {@code ip link add type KIND}; empty for a device without one, such as lo
 * @param mtu bytes
 * @param mac null when the link has no Ethernet address
 * @param master index of its bridge; 0 for none
 * @param peerIndex index of a veth's peer or of the lower device, in the namespace {@code netnsId};
 *     0 for none
 * @param netnsId the kernel's ID of the peer's namespace; -1 for the link's own
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

    /** Checks whether the link is administratively up. */
    public boolean up() {
        return flags.contains(LinkFlag.UP);
    }
}
