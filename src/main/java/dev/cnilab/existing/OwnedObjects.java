package dev.cnilab.existing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.Failure;
import dev.cnilab.base.StateLog;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.spec.Manifests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects that a lab created in an existing cluster. Each has the lab's label, and is recorded
 * in a file before it is created: only objects with both are ever changed or deleted.
 *
 * @param log one object's identity per line
 */
record OwnedObjects(String lab, StateLog log) {

    static final String LABEL = "cnilab.dev/lab";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Adds the lab's label to the objects and to the pods that they create. */
    String labelled(String manifests) {
        List<String> objects = new ArrayList<>();
        for (ObjectNode object : Manifests.objects(manifests)) {
            label(object);
            if (object.at("/spec/template/metadata") instanceof ObjectNode) {
                label((ObjectNode) object.at("/spec/template"));
            }
            // Marked as YAML: the client treats a text that begins with { as a single object.
            objects.add("---\n" + object + "\n");
        }
        return String.join("", objects);
    }

    private void label(ObjectNode object) {
        object.withObject("/metadata/labels").put(LABEL, lab);
    }

    /**
     * Records the objects as the lab's.
     *
     * @throws Failure when one of them exists and is not the lab's
     */
    void claim(String manifests, KubernetesCluster api) throws IOException {
        List<String> noted = log.lines();
        for (ObjectNode object : Manifests.objects(manifests)) {
            String identity = identity(object).toString();
            Optional<Map<String, String>> labels = api.objects().labels(identity);
            if (labels.isPresent() && !lab.equals(labels.get().get(LABEL))) {
                throw new Failure(
                        Failure.Kind.PROVIDER,
                        "object-taken",
                        "the cluster already has objects that the lab would create",
                        describe(object),
                        "delete it, or change its name in a copy of the lab");
            }
            if (!noted.contains(identity)) {
                log.add(identity);
            }
        }
    }

    /**
     * Deletes some of the objects in parallel, and waits until they are gone: a kubelet may take
     * more than a minute to report that a pod has exited. Repeatable.
     */
    void delete(KubernetesCluster api, Selection which, Parallel.Effect<String> deletion)
            throws IOException {
        List<String> there = new ArrayList<>();
        for (String identity : log.lines()) {
            Optional<Map<String, String>> labels = api.objects().labels(identity);
            if (which.takes(JSON.readTree(identity))
                    && labels.isPresent()
                    && lab.equals(labels.get().get(LABEL))) {
                there.add(identity);
            }
        }
        Parallel.forEach(there, deletion);
    }

    /** Selects some of the objects. */
    @FunctionalInterface
    interface Selection {
        boolean takes(JsonNode identity);
    }

    /** Checks whether an object with that name was recorded. */
    boolean contains(String name) throws IOException {
        for (String identity : log.lines()) {
            if (JSON.readTree(identity).at("/metadata/name").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode identity(ObjectNode object) {
        ObjectNode identity = JSON.createObjectNode();
        identity.set("apiVersion", object.path("apiVersion"));
        identity.set("kind", object.path("kind"));
        ObjectNode metadata = identity.putObject("metadata");
        metadata.set("name", object.at("/metadata/name"));
        if (object.at("/metadata/namespace").isTextual()) {
            metadata.set("namespace", object.at("/metadata/namespace"));
        }
        return identity;
    }

    private static String describe(ObjectNode object) {
        return "%s %s/%s"
                .formatted(
                        object.path("kind").asText(),
                        object.at("/metadata/namespace").asText("default"),
                        object.at("/metadata/name").asText());
    }
}
