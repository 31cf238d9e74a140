package dev.cnilab.cni.backend;

import dev.cnilab.cni.lease.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Calls the reconciler whenever something may have changed: at a signal, and from time to time.
 * Many signals at once give one call.
 */
public final class ReconcileLoop implements AutoCloseable {

    /** For what no event tells of: a table of nf_tables that was flushed. */
    private static final Duration PERIOD = Duration.ofSeconds(5);

    /** How long signals are gathered: a thousand nodes that appear at once are one change. */
    private static final Duration GATHERING = Duration.ofMillis(30);

    private static final Duration RETRY = Duration.ofMillis(500);

    private final Reconciler reconciler;
    private final Consumer<TunnelState> changed;
    private final Consumer<String> log;
    private final Semaphore signals = new Semaphore(0);
    private final Thread thread;
    private volatile List<Lease> peers;
    private TunnelState state;
    private String problem = "";

    /**
     * @param state as the first reconciliation left it, and for which peers
     * @param changed is told every other state, from the loop's thread
     */
    public ReconcileLoop(
            Reconciler reconciler,
            List<Lease> peers,
            TunnelState state,
            Consumer<TunnelState> changed,
            Consumer<String> log) {
        this.reconciler = reconciler;
        this.peers = peers;
        this.state = state;
        this.changed = changed;
        this.log = log;
        thread = Thread.ofPlatform().daemon().name("reconcile").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Something may have changed. */
    public void signal() {
        signals.release();
    }

    public void peers(List<Lease> peers) {
        this.peers = peers;
        signal();
    }

    /** Ends the loop; a reconciliation under way is finished. */
    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void run() {
        Duration wait = PERIOD;
        try {
            while (true) {
                if (signals.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    Thread.sleep(GATHERING);
                    signals.drainPermits();
                }
                wait = reconcile() ? PERIOD : RETRY;
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean reconcile() {
        try {
            TunnelState now = reconciler.reconcile(peers);
            if (!problem.isEmpty()) {
                problem = "";
                log.accept("the datapath stands again");
            }
            if (!now.equals(state)) {
                state = now;
                changed.accept(now);
            }
            return true;
        } catch (IOException e) {
            String seen = String.valueOf(e.getMessage());
            if (!seen.equals(problem)) {
                problem = seen;
                log.accept("the datapath is not as it should be: " + seen);
            }
            return false;
        }
    }
}
