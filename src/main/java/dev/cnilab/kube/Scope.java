package dev.cnilab.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The part of an object that an update may change: spec or status. */
enum Scope {
    ALL_BUT_STATUS {
        @Override
        void keep(ResourceType type, ObjectNode current, ObjectNode changed) {
            if (type.hasStatus()) {
                restore("status", current, changed);
            }
        }
    },
    ALL_BUT_SPEC {
        @Override
        void keep(ResourceType type, ObjectNode current, ObjectNode changed) {
            List<String> fields = new ArrayList<>();
            current.fieldNames().forEachRemaining(fields::add);
            changed.fieldNames().forEachRemaining(fields::add);
            fields.removeAll(List.of("metadata", "status"));
            fields.forEach(field -> restore(field, current, changed));
        }
    };

    /** Restores the fields outside of this scope from the current object. */
    abstract void keep(ResourceType type, ObjectNode current, ObjectNode changed);

    private static void restore(String field, ObjectNode current, ObjectNode changed) {
        if (current.has(field)) {
            changed.set(field, current.get(field));
        } else {
            changed.remove(field);
        }
    }
}
