package dev.cnilab.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * All objects of a store at one revision.
 *
 * @param revision of the last change
 */
public record Contents(long revision, Map<ResourceType, List<ObjectNode>> objects) {
    /** The contents of a new store. */
    public static final Contents EMPTY = new Contents(1, Map.of());
}
