package dev.cnilab.cni.backend;

import dev.cnilab.cni.lease.Lease;
import dev.cnilab.net.Tunnel;

/**
 * IP in IP (flannel pkg/backend/ipip/ipip.go).
 *
 * @param directRouting whether nodes on one segment are routed to without the tunnel
 */
public record IpipBackend(boolean directRouting) implements Backend {

    /** As net-conf.json has it; flanneld ignores its case. */
    public static final String TYPE = "ipip";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String device() {
        return Tunnel.IPIP_DEVICE;
    }

    @Override
    public int overhead() {
        return Tunnel.IPIP_OVERHEAD;
    }

    @Override
    public PeerRoute route(Lease peer, ExternalInterface external) {
        boolean direct = directRouting && external.reachesDirectly(peer.publicIp());
        return new PeerRoute(
                peer.subnet(), peer.publicIp(), direct ? external.name() : device(), !direct);
    }
}
