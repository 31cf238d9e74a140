package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ObjectMeta;
import java.time.Instant;

/** The state of a container, as in {@code status.containerStatuses[].state}. */
sealed interface ContainerState {

    /**
     * It is not running yet.
     *
     * @param reason one word, such as CrashLoopBackOff
     */
    record Waiting(String reason, String message) implements ContainerState {}

    record Running(Instant startedAt) implements ContainerState {}

    /**
     * It has exited.
     *
     * @param exitCode 128 + signal number when a signal killed it
     */
    record Terminated(int exitCode, Instant startedAt, Instant finishedAt, String containerId)
            implements ContainerState {

        boolean ok() {
            return exitCode == 0;
        }
    }

    default ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (this) {
            case Waiting(String reason, String message) -> {
                ObjectNode waiting = json.putObject("waiting").put("reason", reason);
                if (!message.isEmpty()) {
                    waiting.put("message", message);
                }
            }
            case Running(Instant startedAt) ->
                    json.putObject("running").put("startedAt", ObjectMeta.timestamp(startedAt));
            case Terminated ended ->
                    json.putObject("terminated")
                            .put("exitCode", ended.exitCode())
                            .put("reason", ended.ok() ? "Completed" : "Error")
                            .put("startedAt", ObjectMeta.timestamp(ended.startedAt()))
                            .put("finishedAt", ObjectMeta.timestamp(ended.finishedAt()))
                            .put("containerID", ended.containerId());
        }
        return json;
    }
}
