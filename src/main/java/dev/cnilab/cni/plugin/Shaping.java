package dev.cnilab.cni.plugin;

import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Qdiscs;
import java.io.IOException;

/**
 * Limits a pod's bandwidth at the node's end of its pair of veths; the limits go with the link.
 * What flows into the pod waits its turn (tbf); what flows out of it above the rate is dropped
 * (police), which TCP takes as congestion.
 */
final class Shaping {

    private Shaping() {}

    static void apply(Connection node, Link host, Bandwidth limit) throws IOException {
        Qdiscs qdiscs = new Qdiscs(node);
        if (limit.ingressRate() > 0) {
            qdiscs.addTbf(host.index(), limit.ingressRate() / 8, limit.ingressBurst() / 8);
        }
        if (limit.egressRate() > 0) {
            qdiscs.addIngressPolice(host.index(), limit.egressRate() / 8, limit.egressBurst() / 8);
        }
    }
}
