package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;

/** Objects that the cluster itself puts in, and leaves alone once they are there. */
final class Seed {

    private Seed() {}

    /**
     * @param namespace "" for an object of the whole cluster
     */
    static ObjectNode object(String namespace, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.putObject("metadata").put("namespace", namespace).put("name", name);
        return object;
    }

    static void ensure(Store store, ResourceType type, ObjectNode object) {
        KubeObject wanted = new KubeObject(object);
        if (store.get(type, wanted.namespace(), wanted.name()).isEmpty()) {
            store.create(type, object);
        }
    }
}
