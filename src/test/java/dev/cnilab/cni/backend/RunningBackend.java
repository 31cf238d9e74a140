package dev.cnilab.cni.backend;

import dev.cnilab.cni.lease.Lease;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Monitor;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The datapath of one node, kept up to date by its loop. */
final class RunningBackend implements AutoCloseable {

    private final NetNamespace namespace;
    private final DatapathReconciler reconciler;
    private final DatapathLoop loop;

    /** Every state after the first. */
    final BlockingQueue<TunnelState> states = new LinkedBlockingQueue<>();

    /** The reconciler's log messages. */
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

    final TunnelState first;

    RunningBackend(NodesOnBridge nodes, int node, boolean directRouting, Lease... peers)
            throws IOException {
        namespace = nodes.namespace(node);
        BackendConfig config =
                new BackendConfig(
                        new IpipBackend(directRouting),
                        Ipv4Prefix.parse("10.244.0.0/16"),
                        NodesOnBridge.subnet(node),
                        InterfaceChoice.DEFAULT_ROUTE,
                        OptionalInt.empty(),
                        true);
        List<Monitor> monitors =
                List.of(Monitor.open(namespace), namespace.call(Monitor::ofTables));
        reconciler = namespace.call(() -> DatapathReconciler.open(config, messages::add));
        loop = new DatapathLoop(reconciler, monitors, states::add, System.err::println);
        loop.peers(List.of(peers));
        first = namespace.call(loop::start);
    }

    DatapathLoop loop() {
        return loop;
    }

    void uninstall() throws IOException {
        namespace.run(Uninstall::run);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        loop.close();
        reconciler.close();
    }
}
