package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.List;
import java.util.Map;

/** What the controllers ask of pods, and how they make one from a workload's template. */
final class Pods {

    private Pods() {}

    /**
     * A pod for a workload, to be created.
     *
     * @param labels in addition to the template's
     */
    static ObjectNode fromTemplate(KubeObject owner, Map<String, String> labels) {
        JsonNode template = owner.spec().path("template");
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata");
        metadata.put("generateName", owner.name() + "-").put("namespace", owner.namespace());
        ObjectNode allLabels = metadata.putObject("labels");
        KubeObject.strings(template.path("metadata").path("labels")).forEach(allLabels::put);
        labels.forEach(allLabels::put);
        JsonNode annotations = template.path("metadata").path("annotations");
        if (!annotations.isEmpty()) {
            metadata.set("annotations", annotations.deepCopy());
        }
        metadata.putArray("ownerReferences").add(owner.asController());
        pod.set("spec", template.path("spec").deepCopy());
        return pod;
    }

    static List<KubeObject> controlledBy(Store store, KubeObject owner) {
        return KubeObject.list(store, ResourceType.POD).stream()
                .filter(pod -> pod.controlledBy(owner))
                .toList();
    }

    /** Bound to the node and not at its end. */
    static boolean runsOn(KubeObject pod, KubeObject node) {
        return pod.spec().path("nodeName").asText().equals(node.name()) && !finished(pod);
    }

    /** All its containers ended and none is to be started again. */
    static boolean finished(KubeObject pod) {
        String phase = pod.status().path("phase").asText();
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    static boolean active(KubeObject pod) {
        return !finished(pod) && !pod.terminating();
    }

    static boolean ready(KubeObject pod) {
        return active(pod) && pod.has("Ready");
    }
}
