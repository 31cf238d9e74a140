package dev.cnilab.embedded.node;

import dev.cnilab.host.OwnedNamespaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** All nodes of a lab on their network, with their files. */
public final class ClusterNamespaces {

    private final ClusterPlan plan;
    private final Path state;
    private final OwnedNamespaces owned;

    /**
     * @param state the lab's state folder
     */
    public ClusterNamespaces(ClusterPlan plan, Path state) {
        this.plan = plan;
        this.state = state;
        this.owned = new OwnedNamespaces(state);
    }

    /** The names that the lab needs on this machine. */
    public List<String> names() {
        return Stream.concat(
                        Stream.of(BridgeNamespace.namespace(plan.lab()).name()),
                        plan.nodes().stream().map(NodePlan::name))
                .toList();
    }

    /** Whether the network of the nodes is there. */
    public boolean networkExists() throws IOException {
        return owned.has(BridgeNamespace.namespace(plan.lab()).name());
    }

    /**
     * Takes the names and makes the network of the nodes; repeatable.
     *
     * @throws dev.cnilab.host.NameTakenException where a name is not free
     */
    public void ensureNetwork() throws IOException {
        owned.claim(names());
        new BridgeNamespace(plan, owned).ensure();
    }

    /** Makes whatever is missing and repairs the rest; repeatable. */
    public void ensure() throws IOException {
        ensureNetwork();
        List<Callable<Boolean>> nodes = new ArrayList<>();
        for (NodePlan node : plan.nodes()) {
            nodes.add(() -> {
                NodeFiles.of(state, node.name()).create();
                new NodeNamespace(plan, node, owned).ensure();
                return true;
            });
        }
        // Threads of their own, not a shared pool: what a pool starts from here must not matter.
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofPlatform().name("node-", 0).factory())) {
            for (Future<Boolean> each : threads.invokeAll(nodes)) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while making nodes");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
        }
    }
}
