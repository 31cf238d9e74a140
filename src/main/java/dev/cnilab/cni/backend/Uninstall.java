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

/** Takes away what an agent that has stopped left in the kernel. */
public final class Uninstall {

    private Uninstall() {}

    /**
     * Whether an agent has been here: flanneld's device is called the same, and its file
     * subnet.env, too. An agent's table and routes are its own.
     */
    public static boolean isNeeded() throws IOException {
        try (Connection connection = Connection.open();
                Nftables nftables = Nftables.open()) {
            return nftables.exists(Firewall.FAMILY, Firewall.TABLE)
                    || !own(new Routes(connection)).isEmpty();
        }
    }

    /**
     * Device, routes and rules in the calling thread's namespace, those by which an agent is known
     * last; repeatable. The pods' bridge stays: it is the plugin's.
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
