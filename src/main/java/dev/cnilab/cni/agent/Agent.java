package dev.cnilab.cni.agent;

import dev.cnilab.cni.SubnetEnv;
import dev.cnilab.cni.backend.Backend;
import dev.cnilab.cni.backend.BackendConfig;
import dev.cnilab.cni.backend.DatapathLoop;
import dev.cnilab.cni.backend.DatapathReconciler;
import dev.cnilab.cni.backend.TunnelState;
import dev.cnilab.cni.backend.Uninstall;
import dev.cnilab.cni.http.LocalServer;
import dev.cnilab.cni.lease.Lease;
import dev.cnilab.cni.lease.LeaseSource;
import dev.cnilab.cni.plugin.PluginServer;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.http.HttpRequest;
import dev.cnilab.net.http.HttpResponse;
import dev.cnilab.netlink.Monitor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The per-node agent. It reads the node's lease, sets up device, routes and rules, writes what the
 * plugin needs, and publishes that the node is ready. It repairs and publishes every later change.
 *
 * <p>It works in the network namespace of the thread that starts it.
 */
public final class Agent implements AutoCloseable {

    private final AgentOptions options;
    private final LeaseSource leases;
    private final LeaseSource.Own own;
    private volatile List<Lease> peers = List.of();
    private volatile Optional<TunnelState> tunnel = Optional.empty();
    private volatile boolean ready;

    /** Resources to close, in reverse order. */
    private final Deque<AutoCloseable> running;

    private Agent(
            AgentOptions options,
            LeaseSource leases,
            LeaseSource.Own own,
            Deque<AutoCloseable> running) {
        this.options = options;
        this.leases = leases;
        this.own = own;
        this.running = running;
    }

    /**
     * Starts the agent; returns when pods can be reached.
     *
     * @param leases closed with the agent, also when it does not start
     * @throws IOException when the node has no subnet, or one outside of the network; when there is
     *     no external interface; when no tunnel can be created. Everything is closed then
     */
    public static Agent start(AgentOptions options, LeaseSource leases, Consumer<String> log)
            throws IOException {
        Deque<AutoCloseable> running = new ArrayDeque<>();
        running.push(leases);
        try {
            LeaseSource.Own own = leases.own();
            DatapathReconciler reconciler = DatapathReconciler.open(config(options, own), log);
            running.push(reconciler);
            Agent agent = new Agent(options, leases, own, running);
            agent.start(reconciler, log);
            return agent;
        } catch (IOException | RuntimeException e) {
            close(running, e);
            throw e;
        }
    }

    private static BackendConfig config(AgentOptions options, LeaseSource.Own own)
            throws IOException {
        Ipv4Prefix network = options.netConf().network();
        if (!network.contains(own.subnet())) {
            throw new IOException(
                    "node %s has the subnet %s, which is not in the Network %s of net-conf.json; give both the same range (Kubernetes: --cluster-cidr)"
                            .formatted(options.node(), own.subnet(), network));
        }
        return new BackendConfig(
                options.netConf().backend(),
                network,
                own.subnet(),
                options.choice(),
                options.netConf().mtu(),
                options.masquerade());
    }

    /**
     * Stops the agent in reverse order. Device, routes and rules stay as far as the kernel keeps
     * them without this process, so that pods keep their network while an agent is replaced.
     */
    @Override
    public void close() throws IOException {
        IOException failure = new IOException("the agent did not stop cleanly");
        close(running, failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    /**
     * Removes what a stopped agent left for its successor: device, routes, rules and subnet.env.
     * Without an agent's table or routes, device and file belong to flanneld and stay. Repeatable.
     */
    public static void uninstall() throws IOException {
        if (Uninstall.isNeeded()) {
            Files.deleteIfExists(SubnetEnv.DEFAULT_PATH);
            Uninstall.run();
        }
    }

    private void start(DatapathReconciler reconciler, Consumer<String> log) throws IOException {
        DatapathLoop loop =
                new DatapathLoop(
                        reconciler,
                        List.of(Monitor.open(), Monitor.ofTables()),
                        this::announce,
                        log);
        running.push(loop);
        leases.watch(all -> {
            peers = othersOf(all);
            loop.peers(peers);
        });
        TunnelState state = loop.start();
        Function<HttpRequest, HttpResponse> answer = request -> status(state).answer(request);
        running.push(LocalServer.start(options.statusSocket(), answer));
        if (options.healthzPort().isPresent()) {
            running.push(LocalServer.start(options.healthzPort().getAsInt(), answer));
        }
        announce(state);
        running.push(PluginServer.start(options.pluginSocket()));
        leases.publishReady();
        ready = true;
    }

    private void announce(TunnelState state) throws IOException {
        tunnel = Optional.of(state);
        new SubnetEnv(
                        options.netConf().network(),
                        new Ipv4Prefix(own.subnet().host(1), own.subnet().length()),
                        state.mtu(),
                        options.masquerade())
                .write(options.subnetEnv());
        leases.publish(
                new Lease(
                        options.node(),
                        own.subnet(),
                        publicIp(state),
                        backend().type(),
                        backend().leaseData()),
                state.driver());
    }

    /**
     * Returns the address to publish: the configured or annotated one, else the external
     * interface's own.
     */
    private Ipv4Address publicIp(TunnelState state) {
        return options.publicIp().or(own::publicIp).orElse(state.external().address().address());
    }

    private Backend backend() {
        return options.netConf().backend();
    }

    private List<Lease> othersOf(List<Lease> all) {
        return all.stream()
                .filter(lease -> lease.backendType().equals(backend().type()))
                .filter(lease -> !lease.node().equals(options.node()))
                .filter(lease -> !lease.subnet().equals(own.subnet()))
                .toList();
    }

    private AgentStatus status(TunnelState first) {
        TunnelState now = tunnel.orElse(first);
        return new AgentStatus(
                options.node(),
                options.netConf().network(),
                own.subnet(),
                publicIp(now),
                now,
                peers.size(),
                ready);
    }

    /** Closes all in reverse order; failures are added to the cause as suppressed. */
    private static void close(Deque<AutoCloseable> running, Exception cause) {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
    }
}
