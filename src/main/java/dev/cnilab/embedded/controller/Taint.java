package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A node's taint, which repels pods that do not tolerate it.
 *
 * @param effect NoSchedule, PreferNoSchedule or NoExecute
 */
record Taint(String key, String value, String effect) {

    static final String NO_SCHEDULE = "NoSchedule";
    static final String NO_EXECUTE = "NoExecute";

    static Taint of(JsonNode json) {
        return new Taint(
                json.path("key").asText(),
                json.path("value").asText(),
                json.path("effect").asText());
    }

    static List<Taint> ofNode(KubeObject node) {
        List<Taint> taints = new ArrayList<>();
        node.spec().path("taints").forEach(json -> taints.add(of(json)));
        return taints;
    }

    boolean keepsPodsOut() {
        return effect.equals(NO_SCHEDULE) || evicts();
    }

    boolean evicts() {
        return effect.equals(NO_EXECUTE);
    }

    /** Checks whether one of {@code spec.tolerations} tolerates this taint. */
    boolean toleratedBy(JsonNode podSpec) {
        for (JsonNode toleration : podSpec.path("tolerations")) {
            if (tolerates(toleration)) {
                return true;
            }
        }
        return false;
    }

    private boolean tolerates(JsonNode toleration) {
        String wantedKey = toleration.path("key").asText();
        String wantedEffect = toleration.path("effect").asText();
        boolean exists = toleration.path("operator").asText().equals("Exists");
        return (wantedEffect.isEmpty() || wantedEffect.equals(effect))
                && (wantedKey.equals(key) || wantedKey.isEmpty() && exists)
                && (exists || toleration.path("value").asText().equals(value));
    }
}
