package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.kube.LabelSelector;
import java.util.Map;
import java.util.Optional;

/** Checks whether a pod fits on a node, with the scheduler's reasons. */
final class NodeFit {

    private NodeFit() {}

    /**
     * Returns why it does not fit.
     *
     * @return empty when it fits, else kube-scheduler's reason, which follows a count of nodes
     */
    static Optional<String> refusal(JsonNode podSpec, KubeObject node) {
        for (Taint taint : Taint.ofNode(node)) {
            if (taint.keepsPodsOut() && !taint.toleratedBy(podSpec)) {
                return Optional.of(
                        "node(s) had untolerated taint {%s: %s}"
                                .formatted(taint.key(), taint.value()));
            }
        }
        if (!selects(podSpec, node)) {
            return Optional.of("node(s) didn't match Pod's node affinity/selector");
        }
        return Optional.empty();
    }

    /** Checks whether {@code nodeSelector} and the required node affinity match the node. */
    static boolean selects(JsonNode podSpec, KubeObject node) {
        JsonNode required =
                podSpec.path("affinity")
                        .path("nodeAffinity")
                        .path("requiredDuringSchedulingIgnoredDuringExecution");
        return LabelSelector.of(podSpec.path("nodeSelector")).matches(node.json())
                && (required.isMissingNode() || anyTerm(required, node));
    }

    private static boolean anyTerm(JsonNode required, KubeObject node) {
        for (JsonNode term : required.path("nodeSelectorTerms")) {
            if (!term.isEmpty() && allOf(term, node)) {
                return true;
            }
        }
        return false;
    }

    private static boolean allOf(JsonNode term, KubeObject node) {
        Map<String, String> fields = Map.of("metadata.name", node.name());
        return SelectorRequirement.list(term.path("matchExpressions")).stream()
                        .allMatch(r -> r.matches(node.labels()))
                && SelectorRequirement.list(term.path("matchFields")).stream()
                        .allMatch(r -> r.matches(fields));
    }
}
