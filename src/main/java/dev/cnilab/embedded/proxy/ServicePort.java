package dev.cnilab.embedded.proxy;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.netlink.nft.L4Proto;
import dev.cnilab.netlink.nft.NatTarget;
import java.util.List;

/**
 * A port of a Service on one node.
 *
 * @param name {@code namespace/service/port}
 * @param nodePort 0 for none
 * @param inside endpoints for the cluster IP; with internalTrafficPolicy Local only endpoints of
 *     this node
 * @param outside endpoints for the node port; with externalTrafficPolicy Local only endpoints of
 *     this node
 * @param keepsClient whether the node port preserves the client's address: externalTrafficPolicy
 *     Local
 */
record ServicePort(
        String name,
        L4Proto protocol,
        Ipv4Address clusterIp,
        int port,
        int nodePort,
        List<NatTarget> inside,
        List<NatTarget> outside,
        boolean keepsClient) {

    ServicePort {
        inside = List.copyOf(inside);
        outside = List.copyOf(outside);
    }
}
