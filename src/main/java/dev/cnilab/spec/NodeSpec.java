package dev.cnilab.spec;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node.
 *
 * @param name appended to the lab's name and a hyphen; empty for kind's default
 */
public record NodeSpec(Role role, Optional<String> name) {

    /** kind's node roles. */
    public enum Role {
        CONTROL_PLANE("control-plane"),
        WORKER("worker");

        private final String text;

        Role(String text) {
            this.text = text;
        }

        /** Returns the role as in the file and in kind's node names. */
        public String text() {
            return text;
        }
    }

    static NodeSpec worker() {
        return new NodeSpec(Role.WORKER, Optional.empty());
    }

    /** Returns the full names, numbered as by kind: {@code lab-worker}, {@code lab-worker2}. */
    static List<String> names(String lab, List<NodeSpec> nodes) {
        Map<Role, Integer> seen = new EnumMap<>(Role.class);
        List<String> names = new ArrayList<>();
        for (NodeSpec node : nodes) {
            int number = seen.merge(node.role, 1, Integer::sum);
            String generated = node.role.text + (number == 1 ? "" : String.valueOf(number));
            names.add(lab + "-" + node.name.orElse(generated));
        }
        return List.copyOf(names);
    }
}
