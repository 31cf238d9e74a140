package dev.cnilab.embedded.controller;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.time.Instant;

/**
 * Writes Events. Repeated events of one object are one Event with a count, as in Kubernetes. An
 * Event that the store refuses (full disk, deleted namespace) is logged and dropped, so that the
 * caller can continue.
 *
 * @param component the reporter, such as {@code default-scheduler}
 */
public record EventRecorder(Store store, String component) {
    private static final System.Logger LOG = System.getLogger(EventRecorder.class.getName());

    public void normal(ObjectNode about, String reason, String message) {
        record(about, "Normal", reason, message);
    }

    public void warning(ObjectNode about, String reason, String message) {
        record(about, "Warning", reason, message);
    }

    private void record(ObjectNode about, String type, String reason, String message) {
        String now = ObjectMeta.timestamp(Instant.now());
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        ObjectNode object = event.putObject("involvedObject");
        object.put("apiVersion", about.path("apiVersion").asText())
                .put("kind", about.path("kind").asText())
                .put("name", ObjectMeta.name(about))
                .put("uid", ObjectMeta.uid(about));
        // Events of cluster-scoped objects belong to the namespace default.
        String namespace = ObjectMeta.namespace(about);
        if (!namespace.isEmpty()) {
            object.put("namespace", namespace);
        }
        event.put("type", type).put("reason", reason).put("message", message);
        event.putObject("source").put("component", component);
        String name = ObjectMeta.name(about) + "." + TemplateHash.of(event);
        event.putObject("metadata")
                .put("namespace", namespace.isEmpty() ? "default" : namespace)
                .put("name", name);
        event.put("firstTimestamp", now).put("lastTimestamp", now).put("count", 1);
        try {
            write(event);
        } catch (ApiException e) {
            LOG.log(WARNING, "the event %s (%s) is lost".formatted(name, message), e);
        }
    }

    private synchronized void write(ObjectNode event) {
        String namespace = ObjectMeta.namespace(event);
        String name = ObjectMeta.name(event);
        if (store.get(ResourceType.NAMESPACE, "", namespace)
                .filter(ObjectMeta::deleting)
                .isPresent()) {
            return; // it would remain after its namespace
        }
        if (store.get(ResourceType.EVENT, namespace, name).isEmpty()) {
            store.create(ResourceType.EVENT, event);
        } else {
            JsonNode time = event.path("lastTimestamp");
            store.update(
                    ResourceType.EVENT,
                    namespace,
                    name,
                    known -> {
                        known.put("count", known.path("count").asInt() + 1);
                        known.set("lastTimestamp", time);
                        return known;
                    });
        }
    }
}
