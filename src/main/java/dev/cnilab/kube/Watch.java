package dev.cnilab.kube;

import static java.lang.System.Logger.Level.ERROR;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers changes to one listener on its own thread. At most one event per object is pending: a
 * later one replaces it, so a slow listener uses bounded memory, delays no other listener, and
 * still gets each object's last state. An object that is added and deleted while the listener is
 * busy is not delivered.
 */
public final class Watch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watch.class.getName());

    private final Consumer<WatchEvent> listener;
    private final Set<ResourceType> types;
    private final Consumer<Watch> onClose;

    /** Events by the object's uid, in the order of their revisions. */
    private final SequencedMap<String, WatchEvent> pending = new LinkedHashMap<>();

    private final Thread thread =
            Thread.ofPlatform().daemon().name("watch").unstarted(this::deliver);
    private boolean closed;

    Watch(
            Consumer<WatchEvent> listener,
            Set<ResourceType> types,
            List<WatchEvent> initial,
            Consumer<Watch> onClose) {
        this.listener = listener;
        this.types = types;
        this.onClose = onClose;
        initial.forEach(this::offer);
    }

    void start() {
        thread.start();
    }

    synchronized void offer(WatchEvent event) {
        if (closed || !types.contains(event.resource())) {
            return;
        }
        String uid = ObjectMeta.uid(event.object());
        WatchEvent news = merge(pending.remove(uid), event);
        if (news != null) {
            pending.put(uid, news);
            notifyAll();
        }
    }

    private static @Nullable WatchEvent merge(@Nullable WatchEvent waiting, WatchEvent event) {
        if (waiting == null || waiting.type() != WatchEvent.Type.ADDED) {
            return event;
        }
        return switch (event.type()) {
            case ADDED -> event;
            case MODIFIED ->
                    new WatchEvent(
                            WatchEvent.Type.ADDED,
                            event.resource(),
                            event.revision(),
                            event.object(),
                            null);
            case DELETED -> null;
        };
    }

    private void deliver() {
        try {
            for (WatchEvent event = take(); event != null; event = take()) {
                try {
                    listener.accept(event);
                } catch (RuntimeException e) {
                    LOG.log(ERROR, "a watch's listener failed on " + event.type(), e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable WatchEvent take() throws InterruptedException {
        while (pending.isEmpty() && !closed) {
            wait();
        }
        return closed ? null : pending.pollFirstEntry().getValue();
    }

    /** Stops the watch; a delivery in progress completes, no further one starts. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            pending.clear();
            notifyAll();
        }
        onClose.accept(this);
    }
}
