package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;

/** Objects that the cluster itself creates once and does not change afterwards. */
final class Seed {

    private Seed() {}

    /**
     * Builds an object.
     *
     * @param namespace "" for a cluster-scoped object
     */
    static ObjectNode object(String namespace, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.putObject("metadata").put("namespace", namespace).put("name", name);
        return object;
    }

    static void ensure(Store store, ResourceType type, ObjectNode object) {
        KubeObject desired = new KubeObject(object);
        if (store.get(type, desired.namespace(), desired.name()).isEmpty()) {
            store.create(type, object);
        }
    }
}
