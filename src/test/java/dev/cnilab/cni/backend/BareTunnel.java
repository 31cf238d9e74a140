package dev.cnilab.cni.backend;

import dev.cnilab.cni.lease.Lease;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Connection;
import java.io.IOException;
import java.util.List;

/** A node's tunnel alone, without agent and rules, by the backend that the test chooses. */
final class BareTunnel implements AutoCloseable {

    private final NetNamespace namespace;
    private final Backend backend;

    BareTunnel(NodesOnBridge nodes, int node, Backend backend, Lease peer) throws IOException {
        namespace = nodes.namespace(node);
        this.backend = backend;
        namespace.run(() -> {
            try (Connection connection = Connection.open()) {
                ExternalInterface external = InterfaceChoice.DEFAULT_ROUTE.resolve(connection);
                List<Lease> peers = List.of(peer);
                Datapath wanted =
                        Datapath.wanted(NodesOnBridge.subnet(node), external, 1480, false, peers);
                KernelDatapath datapath = new KernelDatapath(connection, backend);
                backend.peers(peers, 1480);
                for (Operation operation : Plan.between(datapath.read(), wanted)) {
                    datapath.apply(operation);
                }
            }
        });
    }

    /** Takes the device away, too. */
    @Override
    public void close() throws IOException {
        backend.close();
        namespace.run(Uninstall::run);
    }
}
