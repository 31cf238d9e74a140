package dev.cnilab.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The objects of an embedded lab's API, as they are on disk. */
final class LabObjects {

    private static final long LIMIT = 1L << 30;

    /** What a cluster writes by itself, all the time. */
    private static final Set<ResourceType> LIVELY = Set.of(ResourceType.LEASE, ResourceType.EVENT);

    private LabObjects() {}

    /**
     * Each as JSON, without status, version and who set which field.
     *
     * @param scratch an empty folder
     */
    static Set<String> of(Path labFolder, Path scratch) throws IOException {
        // A copy: the lab's process writes on.
        try (Stream<Path> files = Files.list(labFolder.resolve("objects"))) {
            for (Path file : files.toList()) {
                Files.copy(file, scratch.resolve(file.getFileName()));
            }
        }
        Set<String> objects = new TreeSet<>();
        try (StateFolder folder = StateFolder.open(scratch, LIMIT)) {
            folder.contents()
                    .objects()
                    .forEach((type, all) -> {
                        if (!LIVELY.contains(type)) {
                            all.forEach(object -> objects.add(lasting(object.deepCopy())));
                        }
                    });
        }
        return objects;
    }

    private static String lasting(ObjectNode object) {
        object.remove("status");
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        metadata.remove(Set.of("resourceVersion", "managedFields", "generation"));
        return object.toString();
    }
}
