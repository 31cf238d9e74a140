package dev.cnilab.cni.backend;

import dev.cnilab.cni.config.InvalidConfigException;
import dev.cnilab.cni.config.JsonObject;
import dev.cnilab.cni.lease.Lease;
import dev.cnilab.net.Tunnel;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.net.packet.IpProtocol;
import dev.cnilab.netlink.nft.Expr;
import dev.cnilab.netlink.nft.HeaderField;
import dev.cnilab.netlink.nft.L4Proto;
import dev.cnilab.netlink.nft.Rule;
import dev.cnilab.netlink.nft.RuleVerdict;
import java.util.List;
import java.util.Optional;

/**
 * IP in IP (flannel pkg/backend/ipip/ipip.go). Its device needs no neighbours: the kernel's driver
 * sends to the gateway of the route, ours to the lease's address.
 *
 * @param directRouting whether nodes in the same subnet are reached without the tunnel
 */
public record IpipBackend(boolean directRouting) implements Backend {

    /** The name in net-conf.json; flanneld ignores its case. */
    public static final String TYPE = "ipip";

    /** As flannel calls it, so that its nodes and lab's are looked at alike. */
    static final String DEVICE = "flannel.ipip";

    /** An IPv4 header without options (RFC 791), around IPv4 (RFC 2003). */
    static final int OVERHEAD = 20;

    static IpipBackend read(JsonObject json) throws InvalidConfigException {
        json.allowOnly(List.of("Type", "DirectRouting"));
        return new IpipBackend(json.flag("DirectRouting", false));
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** Nothing: flanneld writes null, too. */
    @Override
    public String leaseData() {
        return "null";
    }

    @Override
    public Optional<Tunnel> tunnel(TunnelDriver driver) {
        String linkKind =
                switch (driver) {
                    case KERNEL -> KernelIpip.LINK_KIND;
                    case USER_SPACE -> TunIpip.LINK_KIND;
                };
        return Optional.of(
                new Tunnel(DEVICE, linkKind, driver, "IP in IP", OVERHEAD, IpProtocol.IPIP));
    }

    @Override
    public int overhead() {
        return OVERHEAD;
    }

    @Override
    public PeerRoute route(Lease peer, ExternalInterface external) {
        boolean direct = directRouting && external.reachesDirectly(peer.publicIp());
        return new PeerRoute(
                peer.subnet(), peer.publicIp(), direct ? external.name() : DEVICE, !direct);
    }

    /** IP in IP is taken from nodes only; the kernel's driver itself takes it from anyone. */
    @Override
    public List<Rule> inputRules() {
        return List.of(
                Rule.of(
                        "IP in IP from other hosts",
                        new Expr.Protocol(L4Proto.IPENCAP, false),
                        new Expr.In(List.of(HeaderField.SADDR), Firewall.NODES, true),
                        new RuleVerdict.Drop()));
    }
}
