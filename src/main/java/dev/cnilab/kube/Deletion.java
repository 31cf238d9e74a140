package dev.cnilab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The rules of deletion: at once, after a pod's grace period, or when all finalizers are removed.
 */
final class Deletion {
    /** {@code DefaultTerminationGracePeriodSeconds} of Kubernetes' core/v1. */
    private static final long DEFAULT_GRACE_SECONDS = 30;

    private Deletion() {}

    /**
     * Sets deletionTimestamp and deletionGracePeriodSeconds. A second deletion may shorten the
     * grace period, never lengthen it.
     */
    static ObjectNode mark(
            ResourceType type, ObjectNode current, OptionalLong wanted, Clock clock) {
        long grace = grace(type, current, wanted);
        JsonNode running = current.path("metadata").path("deletionGracePeriodSeconds");
        if (ObjectMeta.deleting(current) && running.asLong() <= grace) {
            return current;
        }
        ObjectNode marked = current.deepCopy();
        ObjectMeta.of(marked)
                .put("deletionTimestamp", ObjectMeta.timestamp(clock.instant().plusSeconds(grace)))
                .put("deletionGracePeriodSeconds", grace);
        return marked;
    }

    /** True when an object marked for deletion can be removed. */
    static boolean finished(ResourceType type, ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return ObjectMeta.deleting(object)
                && metadata.path("finalizers").isEmpty()
                && metadata.path("deletionGracePeriodSeconds").asLong() == 0;
    }

    private static long grace(ResourceType type, ObjectNode object, OptionalLong wanted) {
        boolean onNode = !object.path("spec").path("nodeName").asText("").isEmpty();
        boolean ended =
                Set.of("Succeeded", "Failed")
                        .contains(object.path("status").path("phase").asText(""));
        if (type != ResourceType.POD || !onNode || ended) {
            return 0;
        }
        JsonNode own = object.path("spec").path("terminationGracePeriodSeconds");
        return Math.max(0, wanted.orElse(own.asLong(DEFAULT_GRACE_SECONDS)));
    }
}
