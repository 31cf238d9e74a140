package dev.cnilab.cni.backend;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;

/**
 * A route to another node's subnet, in the main table.
 *
 * @param dev the tunnel device, or the external interface for a node in the same subnet
 * @param onlink the gateway is treated as reachable on the link although no address covers it;
 *     always true on the tunnel
 */
public record PeerRoute(Ipv4Prefix dst, Ipv4Address gateway, String dev, boolean onlink) {

    /**
     * The {@code rtm_protocol} of the agent's routes: a number that neither
     * include/uapi/linux/rtnetlink.h nor iproute2's rt_protos assigns.
     */
    static final int PROTOCOL = 141;
}
