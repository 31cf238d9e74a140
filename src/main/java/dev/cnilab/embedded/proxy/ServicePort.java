package dev.cnilab.embedded.proxy;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.netlink.nft.L4Proto;
import dev.cnilab.netlink.nft.NatTarget;
import java.util.List;

/**
 * One port of a Service, as one node serves it.
 *
 * @param name {@code namespace/service/port}
 * @param nodePort 0 for none
 * @param inside where connections to the cluster IP go; with internalTrafficPolicy Local only
 *     endpoints of this node
 * @param outside where connections to the node port go; with externalTrafficPolicy Local only
 *     endpoints of this node
 * @param keepsClient whether the endpoint sees who called the node port: externalTrafficPolicy
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
