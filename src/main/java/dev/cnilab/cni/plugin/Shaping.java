package dev.cnilab.cni.plugin;

import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Qdiscs;
import java.io.IOException;

/**
 * Limits a pod's bandwidth: ingress is queued at the node's end of the veth pair, egress at the
 * pod's. The limits are deleted with the links; a pod without CAP_NET_ADMIN cannot change its own.
 */
final class Shaping {

    private Shaping() {}

    static void ingress(Connection node, Link host, Bandwidth limit) throws IOException {
        if (limit.ingressRate() > 0) {
            new Qdiscs(node)
                    .addTbf(host.index(), limit.ingressRate() / 8, limit.ingressBurst() / 8);
        }
    }

    static void egress(Connection pod, Link inPod, Bandwidth limit) throws IOException {
        if (limit.egressRate() > 0) {
            new Qdiscs(pod).addTbf(inPod.index(), limit.egressRate() / 8, limit.egressBurst() / 8);
        }
    }
}
