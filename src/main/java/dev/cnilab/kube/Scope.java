package dev.cnilab.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Which half of an object an update may touch: its wish (spec) or its state (status). */
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

    /** Puts what this scope excludes back to what it was. */
    abstract void keep(ResourceType type, ObjectNode current, ObjectNode changed);

    private static void restore(String field, ObjectNode current, ObjectNode changed) {
        if (current.has(field)) {
            changed.set(field, current.get(field));
        } else {
            changed.remove(field);
        }
    }
}
