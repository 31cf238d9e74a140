package dev.cnilab.cluster.embedded.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** All nodes of a lab on their network, with their files. */
public final class Topology {

    private final ClusterPlan plan;
    private final Path state;

    /**
     * @param state the lab's state folder
     */
    public Topology(ClusterPlan plan, Path state) {
        this.plan = plan;
        this.state = state;
    }

    /** Makes whatever is missing and mends the rest; repeatable. */
    public void ensure() throws IOException {
        new Fabric(plan).ensure();
        List<Callable<Boolean>> nodes = new ArrayList<>();
        for (NodePlan node : plan.nodes()) {
            nodes.add(() -> {
                NodeFiles.of(state, node.name()).create();
                new NodeNamespace(plan, node).ensure();
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
