package dev.cnilab.cni.backend;

import dev.cnilab.cni.lease.Lease;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Connection;
import java.io.IOException;
import java.util.List;

/** A node's tunnel without agent and firewall, with the driver that the test selects. */
final class BareTunnel implements AutoCloseable {

    private final NetNamespace namespace;
    private final TunnelDevice device;

    BareTunnel(NodesOnBridge nodes, int node, TunnelDevice device, Lease peer) throws IOException {
        namespace = nodes.namespace(node);
        this.device = device;
        namespace.run(() -> {
            try (Connection connection = Connection.open()) {
                ExternalInterface external = InterfaceChoice.DEFAULT_ROUTE.resolve(connection);
                List<Lease> peers = List.of(peer);
                Datapath wanted =
                        Datapath.wanted(
                                new IpipBackend(false),
                                NodesOnBridge.subnet(node),
                                external,
                                1480,
                                peers);
                KernelDatapath datapath = new KernelDatapath(connection, device);
                device.peers(peers, 1480);
                for (Operation operation : DatapathPlan.between(datapath.read(), wanted)) {
                    datapath.apply(operation);
                }
            }
        });
    }

    /** Deletes the device, too. */
    @Override
    public void close() throws IOException {
        device.close();
        namespace.run(Uninstall::run);
    }
}
