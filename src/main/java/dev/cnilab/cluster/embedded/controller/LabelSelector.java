package dev.cnilab.cluster.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All requirements must match; without any, it matches everything. */
record LabelSelector(List<Requirement> requirements) {

    LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /** The form that workloads have: {@code matchLabels} and {@code matchExpressions}. */
    static LabelSelector of(JsonNode selector) {
        List<Requirement> requirements = equalities(selector.path("matchLabels"));
        requirements.addAll(Requirement.list(selector.path("matchExpressions")));
        return new LabelSelector(requirements);
    }

    /** The form of Services and of {@code nodeSelector}: labels that must be equal. */
    static LabelSelector ofLabels(JsonNode labels) {
        return new LabelSelector(equalities(labels));
    }

    boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(r -> r.matches(labels));
    }

    private static List<Requirement> equalities(JsonNode labels) {
        List<Requirement> requirements = new ArrayList<>();
        KubeObject.strings(labels)
                .forEach((k, v) -> requirements.add(new Requirement(k, "In", List.of(v))));
        return requirements;
    }
}
