package dev.cnilab.cni.backend;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;

/**
 * A route to another node's subnet, in the main table.
 *
 * @param dev the tunnel device, or the external interface for a node on the same segment
 * @param onlink the gateway is on the link although no address says so; always so on the tunnel
 */
public record PeerRoute(Ipv4Prefix dst, Ipv4Address gateway, String dev, boolean onlink) {

    /**
     * {@code rtm_protocol} of the routes that are the agent's own: one of the numbers that neither
     * include/uapi/linux/rtnetlink.h nor iproute2's rt_protos names.
     */
    static final int PROTOCOL = 141;
}
