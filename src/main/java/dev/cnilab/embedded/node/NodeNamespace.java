package dev.cnilab.embedded.node;

import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.OwnedNamespaces;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.Routes;
import java.io.IOException;

/** A node: a network namespace with eth0 on the network of the nodes. */
final class NodeNamespace {

    static final String ETH0 = "eth0";

    private final ClusterPlan plan;
    private final NodePlan node;
    private final OwnedNamespaces owned;

    NodeNamespace(ClusterPlan plan, NodePlan node, OwnedNamespaces owned) {
        this.plan = plan;
        this.node = node;
        this.owned = owned;
    }

    /** Creates or repairs it. The network of the nodes must exist. */
    void ensure() throws IOException {
        NetNamespace namespace = owned.ensure(node.name());
        new BridgeNamespace(plan, owned).attach(node, namespace);
        namespace.run(NodeSysctls::ofNode);
        try (Connection connection = Connection.open(namespace)) {
            Links links = new Links(connection);
            links.up(links.get("lo").index());
            Link eth0 = links.get(ETH0);
            links.up(eth0.index());
            InterfaceAddresses addresses = new InterfaceAddresses(connection, eth0.index());
            addresses.ensure(Addr.of(eth0.index(), node.ipv4()));
            addresses.ensure(Addr.of(eth0.index(), node.ipv6()));
            new Routes(connection)
                    .replace(
                            Route.via(
                                    Route.anyDestination(),
                                    plan.gateway4().address(),
                                    eth0.index()));
        }
    }
}
