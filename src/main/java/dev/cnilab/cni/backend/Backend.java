package dev.cnilab.cni.backend;

import dev.cnilab.cni.config.InvalidConfigException;
import dev.cnilab.cni.config.JsonObject;
import dev.cnilab.cni.lease.Lease;
import dev.cnilab.net.Tunnel;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.netlink.nft.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A backend of flannel's: how a packet of a pod comes to another node (flannel,
 * Documentation/backends.md). What differs between backends is asked here; what all have, leases,
 * masquerading, forwarding and reconciliation, is not.
 *
 * <p>A new backend gives its type and what it reads of net-conf.json, what it adds to a lease, its
 * device or none, its routes, its overhead and its firewall rules, and stands in {@link #of} and
 * {@link #read}. What it calls its device and its encapsulation in {@link #tunnel} is what
 * verification, traces, graphs, walkthroughs and the status say and draw. A backend whose device
 * can't find a peer by a route's gateway alone, as vxlan, adds the neighbours to {@link PeerRoute}.
 */
public sealed interface Backend permits IpipBackend {

    /** The one that wrote a lease of this {@link Lease#backendType}; empty for one unknown here. */
    static Optional<Backend> of(String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case IpipBackend.TYPE -> Optional.of(new IpipBackend(false));
            default -> Optional.empty();
        };
    }

    /**
     * @param json {@code Backend} of net-conf.json; flanneld ignores the case of its type
     */
    static Backend read(JsonObject json) throws InvalidConfigException {
        String type = json.text("Type");
        return switch (type.toLowerCase(Locale.ROOT)) {
            case IpipBackend.TYPE -> IpipBackend.read(json);
            default ->
                    throw json.problem(
                            "Type",
                            "is '" + type + "'; this agent supports " + IpipBackend.TYPE + " only");
        };
    }

    /** {@code Backend.Type} in net-conf.json, and {@code backend-type} of a lease. */
    String type();

    /** What other nodes must know of this one besides its address: JSON. */
    String leaseData();

    /**
     * The device through which it sends, how it is explained and drawn; empty for one that only
     * routes.
     *
     * @param driver what carries the device's packets
     */
    Optional<Tunnel> tunnel(TunnelDriver driver);

    /** Returns the encapsulation overhead in bytes. */
    int overhead();

    /** Returns the route from this node to another node's pods. */
    PeerRoute route(Lease peer, ExternalInterface external);

    /** Rules for the packets of other hosts that come in for this node's end of the tunnel. */
    List<Rule> inputRules();
}
