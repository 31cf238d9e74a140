package dev.cnilab.cni.backend;

import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.Routes;
import dev.cnilab.netlink.nft.Nftables;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Removes what a stopped agent left in the kernel. */
public final class Uninstall {

    private Uninstall() {}

    /**
     * Checks whether an agent has run here. flanneld's device has the same name, as has its
     * subnet.env; an agent's table and routes are its own.
     */
    public static boolean isNeeded() throws IOException {
        try (Connection connection = Connection.open();
                Nftables nftables = Nftables.open()) {
            return nftables.exists(Firewall.FAMILY, Firewall.TABLE)
                    || !own(new Routes(connection)).isEmpty();
        }
    }

    /**
     * Removes device, routes and rules from the calling thread's namespace, the agent's own table
     * and routes last, which {@link #isNeeded} checks. The bridge belongs to the plugin and stays.
     * Repeatable.
     */
    public static void run() throws IOException {
        try (Connection connection = Connection.open();
                Nftables nftables = Nftables.open()) {
            Links links = new Links(connection);
            Optional<Link> device = links.find(Datapath.TUNNEL);
            Routes routes = new Routes(connection);
            for (Route route : own(routes)) {
                routes.delete(route);
            }
            if (device.isPresent()) {
                links.delete(Datapath.TUNNEL);
            }
            nftables.delete(Firewall.FAMILY, Firewall.TABLE);
        }
    }

    private static List<Route> own(Routes routes) throws IOException {
        return routes.list(Route.MAIN).stream()
                .filter(route -> route.protocol() == PeerRoute.PROTOCOL)
                .toList();
    }
}
