package dev.cnilab.existing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.spec.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects that a lab made in somebody's cluster. Each carries the lab's label, and is noted in
 * a file before it is made: only what is in both is ever changed or deleted.
 *
 * @param file one object's identity a line; may not exist
 */
record MadeObjects(String lab, Path file) {

    static final String LABEL = "cnilab.dev/lab";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The same objects with the lab's label, on them and on the pods that come of them. */
    String labelled(String manifests) {
        List<String> objects = new ArrayList<>();
        for (ObjectNode object : Manifests.objects(manifests)) {
            label(object);
            if (object.at("/spec/template/metadata") instanceof ObjectNode) {
                label((ObjectNode) object.at("/spec/template"));
            }
            // Marked as YAML: the API's client takes a text that begins with { for one object.
            objects.add("---\n" + object + "\n");
        }
        return String.join("", objects);
    }

    private void label(ObjectNode object) {
        object.withObject("/metadata/labels").put(LABEL, lab);
    }

    /**
     * Notes the objects as the lab's.
     *
     * @throws Failure when one of them is there already and somebody else's
     */
    void claim(String manifests, KubernetesCluster api) throws IOException {
        List<String> noted = noted();
        for (ObjectNode object : Manifests.objects(manifests)) {
            String identity = identity(object).toString();
            Optional<Map<String, String>> labels = api.objects().labels(identity);
            if (labels.isPresent() && !lab.equals(labels.get().get(LABEL))) {
                throw new Failure(
                        Failure.Kind.PROVIDER,
                        "object-taken",
                        "the cluster already has objects that the lab would create",
                        describe(object),
                        "take it away, or change its name in a copy of the lab");
            }
            if (!noted.contains(identity)) {
                Files.writeString(
                        file,
                        identity + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND,
                        StandardOpenOption.SYNC);
            }
        }
    }

    /**
     * Deletes some of them, and waits until they are gone. All at once: a kubelet may take more
     * than a minute to say that a pod has ended. Repeatable.
     */
    void delete(KubernetesCluster api, Selection which, Parallel.Effect<String> deletion)
            throws IOException {
        List<String> there = new ArrayList<>();
        for (String identity : noted()) {
            Optional<Map<String, String>> labels = api.objects().labels(identity);
            if (which.takes(JSON.readTree(identity))
                    && labels.isPresent()
                    && lab.equals(labels.get().get(LABEL))) {
                there.add(identity);
            }
        }
        Parallel.forEach(there, deletion);
    }

    /** Some of the objects. */
    @FunctionalInterface
    interface Selection {
        boolean takes(JsonNode identity);
    }

    /** Whether one of that name was noted. */
    boolean contains(String name) throws IOException {
        for (String identity : noted()) {
            if (JSON.readTree(identity).at("/metadata/name").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private List<String> noted() throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
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
