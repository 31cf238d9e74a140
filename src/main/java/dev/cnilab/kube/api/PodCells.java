package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.kube.ObjectMeta;
import java.time.Instant;

/** The table cells of pods, after {@code printPod} of Kubernetes' printers. */
final class PodCells {
    private PodCells() {}

    static String ready(JsonNode pod) {
        int ready = 0;
        for (JsonNode container : pod.path("status").path("containerStatuses")) {
            ready += container.path("ready").asBoolean() ? 1 : 0;
        }
        return ready + "/" + pod.path("spec").path("containers").size();
    }

    static String status(JsonNode pod) {
        if (ObjectMeta.deleting(pod)) {
            return "Terminating";
        }
        JsonNode status = pod.path("status");
        String text = status.path("reason").asText(status.path("phase").asText("Unknown"));
        int index = 0;
        for (JsonNode container : status.path("initContainerStatuses")) {
            JsonNode state = container.path("state");
            if (state.path("terminated").path("exitCode").asInt(-1) != 0) {
                String reason = reason(state);
                return reason.isEmpty() || reason.equals("PodInitializing")
                        ? "Init:" + index + "/" + pod.path("spec").path("initContainers").size()
                        : "Init:" + reason;
            }
            index++;
        }
        for (JsonNode container : status.path("containerStatuses")) {
            String reason = reason(container.path("state"));
            text = reason.isEmpty() ? text : reason;
        }
        return text;
    }

    /** The reason why a container waits or has terminated; "" while it runs. */
    private static String reason(JsonNode state) {
        JsonNode terminated = state.path("terminated");
        if (terminated.isObject()) {
            return terminated
                    .path("reason")
                    .asText("ExitCode:" + terminated.path("exitCode").asInt());
        }
        return state.path("waiting").path("reason").asText("");
    }

    static String restarts(JsonNode pod, Instant now) {
        int restarts = 0;
        String last = "";
        for (JsonNode container : pod.path("status").path("containerStatuses")) {
            restarts += container.path("restartCount").asInt();
            String finished =
                    container.path("lastState").path("terminated").path("finishedAt").asText("");
            last = finished.compareTo(last) > 0 ? finished : last;
        }
        return restarts == 0 || last.isEmpty()
                ? Integer.toString(restarts)
                : restarts + " (" + Cells.age(last, now) + " ago)";
    }
}
