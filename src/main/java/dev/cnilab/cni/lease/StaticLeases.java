package dev.cnilab.cni.lease;

import dev.cnilab.cni.config.InvalidConfigException;
import dev.cnilab.cni.config.JsonFile;
import dev.cnilab.cni.config.JsonObject;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.TunnelDriver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Leases from a file that is the same on all nodes, for machines without Kubernetes:
 *
 * <pre>
 * {"nodes": [{"node": "a", "subnet": "10.244.0.0/24", "publicIp": "192.0.2.1"}, …]}
 * </pre>
 *
 * The file is read again when it changes in any way: written, replaced, or a symbolic link pointed
 * elsewhere. While it is invalid, the last valid leases remain and the error is logged.
 */
public final class StaticLeases implements LeaseSource {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final Path file;
    private final String node;
    private final String backendType;
    private final Consumer<String> log;
    private final ExecutorService watching =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("leases").factory());

    /**
     * Creates the source.
     *
     * @param node this node's name in the file
     * @param backendType of all nodes; one that must know no more of a node than the file has
     */
    public StaticLeases(Path file, String node, String backendType, Consumer<String> log) {
        this.file = file;
        this.node = node;
        this.backendType = backendType;
        this.log = log;
    }

    /**
     * Reads the file.
     *
     * @throws IOException when it cannot be read or is invalid: not JSON, duplicate nodes or public
     *     addresses, overlapping subnets
     */
    private List<Lease> read() throws IOException {
        JsonObject json = JsonFile.read(file);
        json.allowOnly(List.of("nodes"));
        List<Lease> leases = new ArrayList<>();
        for (JsonObject entry : json.objects("nodes")) {
            entry.allowOnly(List.of("node", "subnet", "publicIp"));
            Lease lease =
                    new Lease(
                            entry.text("node"),
                            entry.subnet("subnet"),
                            entry.address("publicIp"),
                            backendType,
                            "null");
            for (Lease other : leases) {
                requireDistinct(entry, lease, other);
            }
            leases.add(lease);
        }
        return List.copyOf(leases);
    }

    @Override
    public Own own() throws IOException {
        List<Lease> leases = read();
        for (Lease lease : leases) {
            if (lease.node().equals(node)) {
                return new Own(lease.subnet(), Optional.of(lease.publicIp()));
            }
        }
        throw new InvalidConfigException(
                "%s: no node '%s'; it has %s. Add it, or select one of these with --node"
                        .formatted(file, node, leases.stream().map(Lease::node).toList()));
    }

    @Override
    public void watch(Consumer<List<Lease>> listener) throws IOException {
        Rereading rereading = new Rereading(read(), listener);
        listener.accept(rereading.leases);
        watching.execute(rereading);
    }

    /** Does nothing: all nodes read the same file. */
    @Override
    public void publish(Lease lease, TunnelDriver tunnel) {}

    @Override
    public void publishReady() {}

    @Override
    public void close() {
        watching.shutdownNow();
    }

    private static void requireDistinct(JsonObject entry, Lease lease, Lease other)
            throws InvalidConfigException {
        if (lease.node().equals(other.node())) {
            throw entry.problem("node", "'" + lease.node() + "' appears twice");
        }
        if (lease.publicIp().equals(other.publicIp())) {
            throw entry.problem("publicIp", "is that of node " + other.node() + ", too");
        }
        Ipv4Prefix subnet = lease.subnet();
        if (subnet.overlaps(other.subnet())) {
            throw entry.problem(
                    "subnet", subnet + " overlaps " + other.subnet() + " of " + other.node());
        }
    }

    /** Compares the file's leases with the previous ones, and reports each change once. */
    private final class Rereading implements Runnable {

        private final Consumer<List<Lease>> listener;
        private List<Lease> leases;
        private String problem = "";

        Rereading(List<Lease> leases, Consumer<List<Lease>> listener) {
            this.leases = leases;
            this.listener = listener;
        }

        @Override
        public void run() {
            try {
                while (true) {
                    Thread.sleep(INTERVAL);
                    readAgain();
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }

        private void readAgain() {
            try {
                List<Lease> now = read();
                problem = "";
                if (!now.equals(leases)) {
                    leases = now;
                    listener.accept(now);
                }
            } catch (IOException e) {
                String seen = String.valueOf(e.getMessage());
                if (!seen.equals(problem)) {
                    problem = seen;
                    log.accept("the previous leases remain: " + seen);
                }
            }
        }
    }
}
