package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.http.Request;
import java.time.Clock;
import java.util.List;

/** Serves get and list. */
final class Reads {
    private final Store store;
    private final Clock clock;

    Reads(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Answer get(Target target, Request request) {
        ObjectNode object = require(target);
        JsonNode body =
                target.subresource().equals("scale")
                        ? Scale.of(object)
                        : View.of(request).one(target.type(), object, clock.instant());
        return Answer.ok(body);
    }

    ObjectNode require(Target target) {
        return store.get(target.type(), target.namespace(), target.name())
                .orElseThrow(() -> ApiException.notFound(target.type(), target.name()));
    }

    /**
     * Lists the selected objects, in pages if {@code limit} is given. All pages are of the first
     * one's revision.
     */
    Answer list(Target target, Request request) {
        Selection selection = Selection.of(target, request);
        View view = View.of(request);
        ListPosition position = ListPosition.of(request);
        Store.Snapshot snapshot = snapshot(target, position);
        int limit = request.parameter("limit").map(Reads::limit).orElse(0);
        List<ObjectNode> rest =
                snapshot.items().stream()
                        .filter(selection::matches)
                        .filter(position::isBefore)
                        .toList();
        List<ObjectNode> page = limit == 0 || rest.size() <= limit ? rest : rest.subList(0, limit);
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("resourceVersion", Long.toString(snapshot.revision()));
        if (page.size() < rest.size()) {
            metadata.put("continue", ListPosition.token(snapshot.revision(), page.getLast()));
            metadata.put("remainingItemCount", rest.size() - page.size());
        }
        return Answer.ok(view.list(target.type(), page, metadata, clock.instant()));
    }

    private Store.Snapshot snapshot(Target target, ListPosition position) {
        long latest = store.history().revision();
        if (position.revision() > latest) {
            throw new ApiException(
                    504,
                    "Timeout",
                    "Timeout: Too large resource version: %d, current: %d"
                            .formatted(position.revision(), latest));
        }
        return position.exact()
                ? store.snapshot(target.type(), position.revision())
                : store.snapshot(target.type());
    }

    private static int limit(String text) {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("limit is not a number: " + text);
        }
    }
}
