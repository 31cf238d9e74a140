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

/** The nodes of a lab with their network and files. */
public final class ClusterNamespaces {

    private final ClusterPlan plan;
    private final Path state;
    private final OwnedNamespaces owned;

    /**
     * Creates the representation.
     *
     * @param state the lab's state directory
     */
    public ClusterNamespaces(ClusterPlan plan, Path state) {
        this.plan = plan;
        this.state = state;
        this.owned = new OwnedNamespaces(state);
    }

    /** Returns the names of namespaces that the lab needs. */
    public List<String> names() {
        return Stream.concat(
                        Stream.of(BridgeNamespace.namespace(plan.lab()).name()),
                        plan.nodes().stream().map(NodePlan::name))
                .toList();
    }

    /** Checks whether the network of the nodes exists. */
    public boolean networkExists() throws IOException {
        return owned.has(BridgeNamespace.namespace(plan.lab()).name());
    }

    /**
     * Claims the names and creates the network of the nodes. Repeatable.
     *
     * @throws dev.cnilab.host.NameTakenException when a name is in use
     */
    public void ensureNetwork() throws IOException {
        owned.claim(names());
        new BridgeNamespace(plan, owned).ensure();
    }

    /** Creates whatever is missing and repairs the rest. Repeatable. */
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
        // Uses threads of its own: a shared pool could start threads inside of a node's namespace.
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofPlatform().name("node-", 0).factory())) {
            for (Future<Boolean> each : threads.invokeAll(nodes)) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while creating nodes");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
        }
    }
}
