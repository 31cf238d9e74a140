package dev.cnilab.cni.backend;

import dev.cnilab.cni.lease.Lease;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.nft.Hook;
import dev.cnilab.netlink.nft.Nftables;
import dev.cnilab.netlink.nft.Table;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes this node's links, routes and rules what they should be, from whatever they are. For one
 * thread, in the node's network namespace.
 */
public final class DatapathReconciler implements AutoCloseable {

    private final BackendConfig config;
    private final Consumer<String> log;
    private final Connection connection;
    private final Nftables nftables;
    private final TunnelDevice device;
    private final KernelDatapath datapath;
    private List<String> droppers = List.of();

    private DatapathReconciler(
            BackendConfig config,
            Consumer<String> log,
            Connection connection,
            Nftables nftables,
            TunnelDevice device) {
        this.config = config;
        this.log = log;
        this.connection = connection;
        this.nftables = nftables;
        this.device = device;
        datapath = new KernelDatapath(connection, device);
    }

    /**
     * Finds out which kind of tunnel this kernel can have, and makes the device.
     *
     * @throws IOException when there is no external interface, no tunnel can be made, or another
     *     device is in its place
     */
    public static DatapathReconciler open(BackendConfig config, Consumer<String> log)
            throws IOException {
        Connection connection = Connection.open();
        try {
            Nftables nftables = Nftables.open();
            try {
                ExternalInterface external = config.choice().resolve(connection);
                TunnelDevice device =
                        TunnelDevice.open(
                                new Links(connection),
                                Datapath.TUNNEL,
                                external.address().address());
                return new DatapathReconciler(config, log, connection, nftables, device);
            } catch (IOException e) {
                nftables.close();
                throw e;
            }
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Compares everything and mends what differs. Where one mend fails the others are still tried.
     *
     * @param peers the leases of the other nodes
     * @throws IOException with all that failed; what could be mended is
     */
    public TunnelState reconcile(Collection<Lease> peers) throws IOException {
        ExternalInterface external = config.choice().resolve(connection);
        int mtu = config.mtuOver(external);
        List<Lease> others = elsewhere(peers, external.address().address());
        device.peers(others, mtu);
        Datapath wanted = Datapath.wanted(config.backend(), config.subnet(), external, mtu, others);
        ErrorCollector failures = new ErrorCollector();
        for (Operation operation : DatapathPlan.between(datapath.read(), wanted)) {
            failures.collect(() -> datapath.apply(operation));
        }
        failures.collect(() -> mendFirewall(others));
        failures.throwIfAny();
        return new TunnelState(external, mtu, device.driver());
    }

    /**
     * Nodes that are restarted may swap addresses: a lease that leads to this node is another's
     * from before, until that one publishes its new address.
     */
    private static List<Lease> elsewhere(Collection<Lease> peers, Ipv4Address own) {
        return peers.stream().filter(peer -> !peer.publicIp().equals(own)).toList();
    }

    /** Leaves the datapath; what lives in this process goes with it. */
    @Override
    public void close() throws IOException {
        device.close();
        nftables.close();
        connection.close();
    }

    private void mendFirewall(Collection<Lease> peers) throws IOException {
        Ipv4Prefix network = config.network();
        Table table =
                Firewall.table(
                        config.backend(),
                        network,
                        config.subnet(),
                        config.masquerade(),
                        peers.stream().map(Lease::publicIp).toList());
        if (!nftables.has(table)) {
            log.accept("nf_tables: writing table ip " + Firewall.TABLE);
            nftables.replace(table);
        }
        warnOfDroppers();
    }

    /** What the agent accepts, another's chain can still drop: Docker's does. */
    private void warnOfDroppers() throws IOException {
        List<String> now = nftables.dropping(Hook.Point.FORWARD);
        if (!now.equals(droppers)) {
            droppers = now;
            for (String chain : now) {
                log.accept(
                        ("nf_tables: chain %s drops what its rules don't accept, and so may drop what"
                                        + " pods send and get; iptables -I FORWARD -s %s -j ACCEPT"
                                        + " and iptables -I FORWARD -d %s -j ACCEPT fix it")
                                .formatted(chain, config.network(), config.network()));
            }
        }
    }
}
