package dev.cnilab.cni.backend;

import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.Routes;
import dev.cnilab.netlink.nft.Nftables;
import java.io.IOException;
import java.util.Optional;

/** Takes away what an agent that has stopped left in the kernel. */
public final class Uninstall {

    private Uninstall() {}

    /**
     * Routes, device and rules in the calling thread's namespace; repeatable. The pods' bridge
     * stays: it is the plugin's.
     */
    public static void run() throws IOException {
        try (Connection connection = Connection.open();
                Nftables nftables = Nftables.open()) {
            Routes routes = new Routes(connection);
            for (Route route : routes.list(Route.MAIN)) {
                if (route.protocol() == PeerRoute.PROTOCOL) {
                    routes.delete(route);
                }
            }
            Links links = new Links(connection);
            Optional<Link> device = links.find(Datapath.TUNNEL);
            if (device.isPresent()) {
                links.delete(Datapath.TUNNEL);
            }
            nftables.delete(Firewall.FAMILY, Firewall.TABLE);
        }
    }
}
