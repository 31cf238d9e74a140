package dev.cnilab.embedded.proxy;

import dev.cnilab.embedded.controller.ReconcileLoop;
import dev.cnilab.embedded.controller.Reconciler;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.Sysctl;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.WatchEvent;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.nft.Nftables;
import dev.cnilab.netlink.nft.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Implements the cluster's Services on one node as kube-proxy's nftables mode does: cluster IPs,
 * and node ports on every address of the node except 127.0.0.0/8. Endpoints are selected at random;
 * {@code sessionAffinity} is not supported.
 *
 * <p>Calls from pods to a cluster IP keep their source address. Calls from nodes and to node ports
 * are masqueraded, unless externalTrafficPolicy is Local.
 */
public final class ServiceProxy implements AutoCloseable {

    private static final Sysctl BRIDGE = new Sysctl("net.bridge.bridge-nf-call-iptables");

    private final Store store;
    private final String node;
    private final Ipv4Prefix clusterCidr;
    private final boolean seesBridge;
    private final Nftables nftables;
    private final ReconcileLoop loop;

    /**
     * Starts to keep the node's rules up to date with the store. Reads the node's sysctl
     * net.bridge.bridge-nf-call-iptables once.
     *
     * @param node the node's name
     * @param clusterCidr the addresses of all pods
     */
    public static ServiceProxy start(
            Store store, NetNamespace namespace, String node, Ipv4Prefix clusterCidr)
            throws IOException {
        boolean seesBridge = namespace.call(() -> BRIDGE.exists() && BRIDGE.read().equals("1"));
        return new ServiceProxy(store, node, clusterCidr, seesBridge, Nftables.open(namespace));
    }

    private ServiceProxy(
            Store store,
            String node,
            Ipv4Prefix clusterCidr,
            boolean seesBridge,
            Nftables nftables) {
        this.store = store;
        this.node = node;
        this.clusterCidr = clusterCidr;
        this.seesBridge = seesBridge;
        this.nftables = nftables;
        loop = new ReconcileLoop(store, new Rules());
    }

    private final class Rules implements Reconciler {

        @Override
        public Set<ResourceType> watched() {
            return Set.of(ResourceType.SERVICE, ResourceType.ENDPOINT_SLICE, ResourceType.NODE);
        }

        @Override
        public boolean concernedBy(WatchEvent event) {
            return event.resource() != ResourceType.NODE
                    || ObjectMeta.name(event.object()).equals(node);
        }

        @Override
        public Duration settling() {
            return Duration.ofMillis(20);
        }

        @Override
        public void reconcile() {
            try {
                Table table = desired();
                if (!nftables.has(table)) {
                    nftables.replace(table);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Table desired() {
        ServiceView view =
                new ServiceView(
                        node,
                        store.list(ResourceType.SERVICE),
                        store.list(ResourceType.ENDPOINT_SLICE));
        return ProxyTable.of(
                view.ports(), clusterCidr, seesBridge ? Optional.empty() : podSubnet());
    }

    private Optional<Ipv4Prefix> podSubnet() {
        return store.get(ResourceType.NODE, "", node)
                .map(json -> json.path("spec").path("podCIDR").asText())
                .filter(cidr -> !cidr.isEmpty())
                .map(Ipv4Prefix::parse);
    }

    /** Stops and deletes the rules. */
    @Override
    public void close() throws IOException {
        loop.close();
        try (nftables) {
            nftables.delete(ProxyTable.FAMILY, ProxyTable.NAME);
        }
    }
}
