package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A column of a printed table.
 *
 * @param wide shown with {@code -o wide} only
 */
record Column(String name, boolean wide, Cell cell) {
    /** Prints the column's value of an object. */
    @FunctionalInterface
    interface Cell {
        String print(ObjectNode object, Instant now);
    }
}
