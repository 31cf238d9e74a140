package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.embedded.controller.EventRecorder;
import dev.cnilab.kube.ObjectMeta;

/**
 * Writes the Events of one container with a kubelet's messages, as shown by {@code kubectl describe
 * pod}.
 */
record ContainerEvents(EventRecorder events, ObjectNode pod, String container, String image) {

    void started() {
        events.normal(
                pod,
                "Pulled",
                "Container image \"%s\" already present on machine".formatted(image));
        events.normal(pod, "Created", "Created container " + container);
        events.normal(pod, "Started", "Started container " + container);
    }

    void failed(String why) {
        events.warning(pod, "Failed", "Error: " + why);
    }

    void backOff() {
        events.warning(
                pod,
                "BackOff",
                "Back-off restarting failed container %s in pod %s_%s(%s)"
                        .formatted(
                                container,
                                ObjectMeta.name(pod),
                                ObjectMeta.namespace(pod),
                                ObjectMeta.uid(pod)));
    }

    void killing() {
        events.normal(pod, "Killing", "Stopping container " + container);
    }
}
