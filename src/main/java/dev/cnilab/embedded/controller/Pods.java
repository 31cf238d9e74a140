package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.List;
import java.util.Map;

/** Pod queries of the controllers, and the creation of pods from a workload's template. */
final class Pods {

    private Pods() {}

    /**
     * Builds a pod of a workload.
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

    /** Checks whether the pod is bound to the node and not finished. */
    static boolean runsOn(KubeObject pod, KubeObject node) {
        return pod.spec().path("nodeName").asText().equals(node.name()) && !finished(pod);
    }

    /** Checks whether all its containers have exited and none will be restarted. */
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
