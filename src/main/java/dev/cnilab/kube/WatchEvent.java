package dev.cnilab.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One change of one object.
 *
 * @param revision the store's revision that this change made; events are delivered in its order
 * @param object the object after the change; of a deletion, as it was last, with the deletion's
 *     resourceVersion. It belongs to the store and is not to be changed.
 * @param previous the object before the change, null when it was added
 */
public record WatchEvent(
        Type type,
        ResourceType resource,
        long revision,
        ObjectNode object,
        @Nullable ObjectNode previous) {
    /** What happened, in the words of the watch protocol. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
