package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.http.Request;

/** The subresources of a pod that are done by posting to them: binding and eviction. */
final class PodActions {
    private final Store store;
    private final Bodies bodies;

    PodActions(Store store, Bodies bodies) {
        this.store = store;
        this.bodies = bodies;
    }

    Answer bind(Target target, Request request) {
        String node = bodies.object(request).path("target").path("name").asText("");
        if (node.isEmpty()) {
            throw ApiException.badRequest("target.name: Required value: the node to bind to");
        }
        store.update(
                ResourceType.POD,
                target.namespace(),
                target.name(),
                pod -> {
                    ObjectNode spec = (ObjectNode) pod.path("spec");
                    if (spec.hasNonNull("nodeName")) {
                        throw ApiException.conflict(
                                ResourceType.POD,
                                target.name(),
                                "pod is already assigned to node " + spec.path("nodeName"));
                    }
                    spec.put("nodeName", node);
                    return pod;
                });
        return success();
    }

    Answer evict(Target target) {
        if (store.delete(ResourceType.POD, target.namespace(), target.name()).isEmpty()) {
            throw ApiException.notFound(ResourceType.POD, target.name());
        }
        return success();
    }

    private static Answer success() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
        status.put("code", 201).putObject("metadata");
        return Answer.created(status);
    }
}
