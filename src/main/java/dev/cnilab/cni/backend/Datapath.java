package dev.cnilab.cni.backend;

import dev.cnilab.cni.lease.Lease;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.LinkData;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The part of this node's links and routes that the agent manages, in its actual or desired state.
 *
 * @param device the tunnel device
 * @param routes those of {@link PeerRoute#PROTOCOL}
 * @param bridgeMtu of cni0, in bytes; empty until a pod has run
 */
record Datapath(Optional<Device> device, Set<PeerRoute> routes, OptionalInt bridgeMtu) {

    static final String TUNNEL = IpipBackend.DEVICE;

    /** The pods' bridge, which the CNI plugin creates. */
    static final String BRIDGE = "cni0";

    /**
     * The tunnel device.
     *
     * @param tunnel addresses and header fields of the encapsulation
     * @param mtu bytes
     * @param addresses IPv4
     */
    record Device(LinkData.IpIp tunnel, int mtu, boolean up, Set<Ipv4Prefix> addresses) {}

    /**
     * Returns the desired state for these peers.
     *
     * @param backend how packets reach them
     * @param subnet this node's, whose first address is the tunnel's: the source of packets that
     *     the node itself sends to pods of other nodes, so that replies come back through the
     *     tunnel
     * @param mtu of the tunnel, in bytes
     * @param peers the other nodes
     */
    static Datapath wanted(
            Backend backend,
            Ipv4Prefix subnet,
            ExternalInterface external,
            int mtu,
            Collection<Lease> peers) {
        Set<PeerRoute> routes = new LinkedHashSet<>();
        for (Lease peer : peers) {
            routes.add(backend.route(peer, external));
        }
        Device device =
                new Device(
                        TunnelDevice.settingsFor(external.address().address()),
                        mtu,
                        true,
                        Set.of(subnet.network().address().asPrefix()));
        return new Datapath(Optional.of(device), routes, OptionalInt.of(mtu));
    }
}
