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
 * Brings this node's links, routes and rules from any state to the desired one. For one thread, in
 * the node's network namespace.
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
     * Selects the tunnel driver that this kernel supports, and creates the device.
     *
     * @throws IOException when there is no external interface, no tunnel can be created, or another
     *     device has its name
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
     * Compares the actual with the desired state and fixes every difference; continues after a
     * failed fix.
     *
     * @param peers the leases of the other nodes
     * @throws IOException with all failures
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
        failures.collect(() -> repairFirewall(others));
        failures.throwIfAny();
        return new TunnelState(external, mtu, device.driver());
    }

    /**
     * Ignores leases with this node's address. Restarted nodes may swap addresses: such a lease is
     * outdated until its node publishes the new one.
     */
    private static List<Lease> elsewhere(Collection<Lease> peers, Ipv4Address own) {
        return peers.stream().filter(peer -> !peer.publicIp().equals(own)).toList();
    }

    /** Closes the datapath without removing it; what depends on this process disappears. */
    @Override
    public void close() throws IOException {
        device.close();
        nftables.close();
        connection.close();
    }

    private void repairFirewall(Collection<Lease> peers) throws IOException {
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

    /**
     * Warns of other chains that drop packets: a packet that the agent's chain accepts can still be
     * dropped there, as by Docker's.
     */
    private void warnOfDroppers() throws IOException {
        List<String> now = nftables.dropping(Hook.Point.FORWARD);
        if (!now.equals(droppers)) {
            droppers = now;
            for (String chain : now) {
                log.accept(
                        ("nf_tables: chain %s drops packets that its rules do not accept, and so may drop packets"
                                        + " to and from pods; iptables -I FORWARD -s %s -j ACCEPT"
                                        + " and iptables -I FORWARD -d %s -j ACCEPT fix it")
                                .formatted(chain, config.network(), config.network()));
            }
        }
    }
}
