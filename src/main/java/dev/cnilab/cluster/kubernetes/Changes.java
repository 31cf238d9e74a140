package dev.cnilab.cluster.kubernetes;

import dev.cnilab.cluster.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Watchable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits for changes of nodes, pods or workloads. */
final class Changes implements AutoCloseable {

    /** Polling interval, for a lost watch or a condition on other objects. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final Semaphore news = new Semaphore(0);
    private final List<Watch> watches;

    Changes(KubernetesClient client) {
        watches =
                List.of(
                        watch(client.nodes()),
                        watch(client.pods().inAnyNamespace()),
                        watch(client.apps().daemonSets().inAnyNamespace()),
                        watch(client.apps().deployments().inAnyNamespace()));
    }

    boolean await(Cluster.Condition condition, Duration budget) throws IOException {
        long deadline = System.nanoTime() + budget.toNanos();
        try {
            while (!condition.holds()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                boolean told =
                        news.tryAcquire(
                                Math.min(left, POLL_INTERVAL.toNanos()), TimeUnit.NANOSECONDS);
                if (told) {
                    news.drainPermits();
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the cluster");
        }
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }

    private <T extends HasMetadata> Watch watch(Watchable<T> resources) {
        return resources.watch(
                new Watcher<T>() {
                    @Override
                    public void eventReceived(Action action, T object) {
                        news.release();
                    }

                    @Override
                    public void onClose(WatcherException broken) {
                        news.release();
                    }
                });
    }
}
