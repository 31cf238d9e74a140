package dev.cnilab.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The objects of an embedded lab's API, read from disk. */
final class LabObjects {

    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private static final long LIMIT = 1L << 30;

    /** Types that a cluster updates all the time. */
    private static final Set<ResourceType> LIVELY = Set.of(ResourceType.LEASE, ResourceType.EVENT);

    private LabObjects() {}

    /**
     * The objects as JSON, without status, resourceVersion and managedFields.
     *
     * @param scratch an empty directory
     */
    static Set<String> of(Path labFolder, Path scratch) throws IOException {
        // A copy, since the lab's process continues to write.
        try (Stream<Path> files = Files.list(labFolder.resolve("objects"))) {
            for (Path file : files.toList()) {
                Files.copy(file, scratch.resolve(file.getFileName()));
            }
        }
        Set<String> objects = new TreeSet<>();
        try (StateDirectory folder = StateDirectory.open(scratch, LIMIT)) {
            for (var each : folder.contents().objects().entrySet()) {
                if (!LIVELY.contains(each.getKey())) {
                    for (ObjectNode object : each.getValue()) {
                        objects.add(lasting(each.getKey(), object.deepCopy()));
                    }
                }
            }
        }
        return objects;
    }

    private static String lasting(ResourceType type, ObjectNode object) throws IOException {
        object.remove("status");
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        metadata.remove(Set.of("resourceVersion", "managedFields", "generation"));
        if (type == ResourceType.ENDPOINT_SLICE) {
            // The controller deletes it with the last endpoint, and creates a new one with the
            // next.
            metadata.remove(Set.of("uid", "creationTimestamp"));
        }
        return SORTED.writeValueAsString(SORTED.convertValue(object, Map.class));
    }
}
