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

/** Runs a reconciler on a thread of its own: once at the start, then after changes it is for. */
public final class ReconcileLoop implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ReconcileLoop.class.getName());
    private static final long RETRY_MILLIS = 500;

    private final Reconciler reconciler;

    /** More permits than none mean one round: changes that arrive during a round share the next. */
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
            LOG.log(DEBUG, "{0} ends", thread.getName());
        }
    }

    private boolean attempt() {
        try {
            reconciler.reconcile();
            return true;
        } catch (ApiException e) {
            // The object changed or went while it was looked at: the next round sees the new state.
            LOG.log(DEBUG, "{0} tries again: {1}", thread.getName(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.log(ERROR, thread.getName() + " failed, tries again", e);
            return false;
        }
    }

    /** A round under way is finished first or breaks off; none begins after it. */
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
