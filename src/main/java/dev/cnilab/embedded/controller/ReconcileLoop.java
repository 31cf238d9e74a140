package dev.cnilab.embedded.controller;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.Watch;
import dev.cnilab.kube.WatchEvent;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Runs a reconciler on its own thread: once at the start, then after relevant changes. */
public final class ReconcileLoop implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ReconcileLoop.class.getName());
    private static final long RETRY_MILLIS = 500;

    private final Reconciler reconciler;

    /** Several permits mean one round: changes that arrive during a round share the next. */
    private final Semaphore changes = new Semaphore(0);

    private final Watch watch;
    private final Thread thread;

    public ReconcileLoop(Store store, Reconciler reconciler) {
        this.reconciler = reconciler;
        watch = store.watch(this::noticed, reconciler.watched().toArray(ResourceType[]::new));
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name(reconciler.getClass().getSimpleName())
                        .start(this::run);
    }

    private void noticed(WatchEvent event) {
        if (reconciler.concernedBy(event)) {
            changes.release();
        }
    }

    private void run() {
        try {
            while (true) {
                if (attempt()) {
                    changes.acquire();
                    Thread.sleep(reconciler.settling());
                } else {
                    changes.tryAcquire(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                }
                changes.drainPermits();
            }
        } catch (InterruptedException e) {
            LOG.log(DEBUG, "{0} stops", thread.getName());
        }
    }

    private boolean attempt() {
        try {
            reconciler.reconcile();
            return true;
        } catch (ApiException e) {
            // The object was changed or deleted meanwhile: the next round uses its new state.
            LOG.log(DEBUG, "{0} tries again: {1}", thread.getName(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.log(ERROR, thread.getName() + " failed, will retry", e);
            return false;
        }
    }

    /** Stops the loop after the current round, which it interrupts. */
    @Override
    public void close() {
        watch.close();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
