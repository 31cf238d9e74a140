package dev.cnilab.cni.backend;

import dev.cnilab.cni.backend.Datapath.Device;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Addrs;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.LinkData;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.Routes;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The datapath in the kernel, read as a value and changed by operations. */
final class KernelDatapath {

    private final Links links;
    private final Addrs addrs;
    private final Routes routes;
    private final TunnelDevice device;

    KernelDatapath(Connection connection, TunnelDevice device) {
        links = new Links(connection);
        addrs = new Addrs(connection);
        routes = new Routes(connection);
        this.device = device;
    }

    /**
     * Reads the datapath.
     *
     * @throws IOException also when the tunnel's device name belongs to a device of another kind
     */
    Datapath read() throws IOException {
        List<Link> all = links.list();
        Optional<Link> tunnel = named(all, Datapath.TUNNEL);
        OptionalInt bridgeMtu =
                named(all, Datapath.BRIDGE)
                        .map(bridge -> OptionalInt.of(bridge.mtu()))
                        .orElse(OptionalInt.empty());
        Optional<Device> device =
                tunnel.isPresent() ? Optional.of(device(tunnel.get())) : Optional.empty();
        return new Datapath(device, ownRoutes(all), bridgeMtu);
    }

    void apply(Operation operation) throws IOException {
        switch (operation) {
            case Operation.DeleteDevice() -> device.delete(links, Datapath.TUNNEL);
            case Operation.CreateDevice(Ipv4Address local) ->
                    device.create(links, Datapath.TUNNEL, local);
            case Operation.SetMtu(String dev, int mtu) -> links.mtu(index(dev), mtu);
            case Operation.AddAddress(Ipv4Prefix address) ->
                    addrs.add(Addr.of(index(Datapath.TUNNEL), address));
            case Operation.DeleteAddress(Ipv4Prefix address) ->
                    addrs.delete(Addr.of(index(Datapath.TUNNEL), address));
            case Operation.SetUp() -> links.up(index(Datapath.TUNNEL));
            case Operation.PutRoute(PeerRoute route) -> routes.replace(encode(route));
            case Operation.DeleteRoute(PeerRoute route) -> routes.delete(encode(route));
        }
    }

    private Device device(Link link) throws IOException {
        Set<Ipv4Prefix> addresses = new HashSet<>();
        for (Addr.V4 addr : addrs.list4(link.index())) {
            addresses.add(addr.local());
        }
        // Reports a device without a working tunnel as different from every desired one.
        LinkData.IpIp settings =
                device.settings(link).orElse(TunnelDevice.settingsFor(Ipv4Address.ANY));
        return new Device(settings, link.mtu(), link.up(), addresses);
    }

    private Set<PeerRoute> ownRoutes(List<Link> all) throws IOException {
        Set<PeerRoute> own = new LinkedHashSet<>();
        for (Route route : routes.list(Route.MAIN)) {
            Ipv4Address gateway = route.gateway();
            if (route.protocol() == PeerRoute.PROTOCOL && gateway != null) {
                for (Link link : all) {
                    if (link.index() == route.dev()) {
                        own.add(new PeerRoute(route.dst(), gateway, link.name(), route.onlink()));
                    }
                }
            }
        }
        return own;
    }

    private Route encode(PeerRoute route) throws IOException {
        Route plain =
                Route.via(route.dst(), route.gateway(), index(route.dev()))
                        .withProtocol(PeerRoute.PROTOCOL);
        return route.onlink() ? plain.withOnlink() : plain;
    }

    private int index(String dev) throws IOException {
        return links.get(dev).index();
    }

    private static Optional<Link> named(List<Link> all, String name) {
        return all.stream().filter(link -> link.name().equals(name)).findFirst();
    }
}
