package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.WatchEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Sends the store's changes to one watcher, in the format of the watch protocol. */
final class WatchStream {
    private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(30);

    /** Takes one event, a JSON document. */
    @FunctionalInterface
    interface Sink {
        void send(byte[] event) throws IOException;
    }

    private final Store store;
    private final ResourceType type;
    private final Selection selection;
    private final View view;
    private final WatchOptions options;
    private final Clock clock;

    WatchStream(
            Store store,
            ResourceType type,
            Selection selection,
            View view,
            WatchOptions options,
            Clock clock) {
        this.store = store;
        this.type = type;
        this.selection = selection;
        this.view = view;
        this.options = options;
        this.clock = clock;
    }

    /**
     * @throws ApiException 410 if the start revision is no longer in the history
     */
    void checkStart() {
        options.from().ifPresent(store.history()::check);
    }

    /** Runs until the watch times out, its position has expired, or the thread is interrupted. */
    void run(Sink sink) throws IOException, InterruptedException {
        long end = System.nanoTime() + options.timeout().toNanos();
        long place = options.from().isPresent() ? options.from().getAsLong() : sendExisting(sink);
        for (long left = options.timeout().toMillis(); left > 0; left = millisTo(end)) {
            List<WatchEvent> events;
            try {
                long wait = Math.min(left, BOOKMARK_EVERY.toMillis());
                events = store.history().after(place, wait);
            } catch (ApiException e) {
                send(sink, "ERROR", e.status());
                return;
            }
            for (WatchEvent event : events) {
                sendIfSelected(sink, event);
                place = event.revision();
            }
            if (events.isEmpty() && options.bookmarks()) {
                // No changes since: the position is the latest revision.
                send(sink, "BOOKMARK", bookmark(place));
            }
        }
    }

    private static long millisTo(long end) {
        return (end - System.nanoTime()) / 1_000_000;
    }

    private long sendExisting(Sink sink) throws IOException {
        Store.Snapshot snapshot = store.snapshot(type);
        for (ObjectNode object : snapshot.items()) {
            if (selection.matches(object)) {
                send(sink, "ADDED", view.one(type, object, clock.instant()));
            }
        }
        if (options.initialEvents()) {
            ObjectNode bookmark = bookmark(snapshot.revision());
            ((ObjectNode) bookmark.path("metadata"))
                    .putObject("annotations")
                    .put("k8s.io/initial-events-end", "true");
            send(sink, "BOOKMARK", bookmark);
        }
        return snapshot.revision();
    }

    /** Objects that start to match the selector are ADDED, those that cease to are DELETED. */
    private void sendIfSelected(Sink sink, WatchEvent event) throws IOException {
        if (event.resource() != type) {
            return;
        }
        ObjectNode previous = event.previous();
        boolean before = previous != null && selection.matches(previous);
        boolean now = event.type() != WatchEvent.Type.DELETED && selection.matches(event.object());
        if (before || now) {
            String what = !before ? "ADDED" : !now ? "DELETED" : "MODIFIED";
            send(sink, what, view.one(type, event.object(), clock.instant()));
        }
    }

    private ObjectNode bookmark(long revision) {
        ObjectNode bookmark = JsonNodeFactory.instance.objectNode();
        bookmark.put("kind", type.kind()).put("apiVersion", type.apiVersion());
        bookmark.putObject("metadata").put("resourceVersion", Long.toString(revision));
        return bookmark;
    }

    private static void send(Sink sink, String what, JsonNode object) throws IOException {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", what);
        event.set("object", object);
        sink.send(Answer.bytes(event));
    }
}
