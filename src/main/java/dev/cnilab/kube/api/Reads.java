package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.http.Request;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;

/** Answers get and list. */
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
     * Lists what matches; of a long list, with {@code limit}, a page. Each page is as of its own
     * moment: an object that comes or goes between two pages may be missed, never shown twice.
     */
    Answer list(Target target, Request request) {
        Selection selection = Selection.of(target, request);
        Store.Snapshot snapshot = store.snapshot(target.type());
        String after = request.parameter("continue").map(Reads::position).orElse("");
        int limit = request.parameter("limit").map(Reads::limit).orElse(0);
        List<ObjectNode> rest =
                snapshot.items().stream()
                        .filter(selection::matches)
                        .filter(object -> position(object).compareTo(after) > 0)
                        .toList();
        List<ObjectNode> page = limit == 0 || rest.size() <= limit ? rest : rest.subList(0, limit);
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("resourceVersion", Long.toString(snapshot.revision()));
        if (page.size() < rest.size()) {
            metadata.put("continue", token(page.getLast()));
            metadata.put("remainingItemCount", rest.size() - page.size());
        }
        View view = View.of(request);
        return Answer.ok(view.list(target.type(), page, metadata, clock.instant()));
    }

    private static int limit(String text) {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("limit is not a number: " + text);
        }
    }

    /** An object's place in the store's order; NUL sorts before whatever a name may hold. */
    private static String position(ObjectNode object) {
        return ObjectMeta.namespace(object) + "\0" + ObjectMeta.name(object);
    }

    private static String token(ObjectNode last) {
        byte[] position = position(last).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position);
    }

    private static String position(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("continue key is not valid");
        }
    }
}
