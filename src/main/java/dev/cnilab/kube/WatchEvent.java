package dev.cnilab.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One change of one object.
 *
 * @param revision the store's revision that this change made; events are delivered in its order
 * @param object the object after the change; for a deletion its last state, with the deletion's
 *     resourceVersion. Shared with the store: must not be modified.
 * @param previous the object before the change, null when it was added
 */
public record WatchEvent(
        Type type,
        ResourceType resource,
        long revision,
        ObjectNode object,
        @Nullable ObjectNode previous) {
    /** The event types of the watch protocol. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
