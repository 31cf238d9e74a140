package dev.cnilab.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * All that a store holds at one moment.
 *
 * @param revision of the last change
 */
public record Contents(long revision, Map<ResourceType, List<ObjectNode>> objects) {
    /** Of a new store. */
    public static final Contents EMPTY = new Contents(1, Map.of());
}
