package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.embedded.controller.Conditions;
import dev.cnilab.embedded.kubelet.ContainerState.Running;
import dev.cnilab.embedded.kubelet.ContainerState.Terminated;
import java.util.List;
import java.util.Optional;

/**
 * A pod's status, derived from its containers.
 *
 * @param sandbox empty before its network is set up
 * @param problem why there is no sandbox; empty when there is one, or none was tried
 */
record PodStatus(
        List<Container.Snapshot> init,
        List<Container.Snapshot> main,
        RestartPolicy policy,
        String hostIp,
        String startTime,
        Optional<Sandbox> sandbox,
        String problem) {

    String phase() {
        boolean failedInit = init.stream().anyMatch(c -> failed(c, policy.forInit()));
        boolean ended =
                !main.isEmpty()
                        && main.stream()
                                .allMatch(c ->
                                        c.state() instanceof Terminated run
                                                && !policy.restarts(run));
        if (failedInit || ended && main.stream().anyMatch(c -> failed(c, policy))) {
            return "Failed";
        }
        if (ended) {
            return "Succeeded";
        }
        boolean begun =
                main.stream().anyMatch(c -> c.state() instanceof Running || c.last().isPresent());
        return begun ? "Running" : "Pending";
    }

    /** Writes it to a mutable pod. */
    ObjectNode writeTo(ObjectNode pod) {
        ObjectNode status = pod.withObject("/status");
        String phase = phase();
        boolean done = phase.equals("Succeeded") || phase.equals("Failed");
        status.put("phase", phase).put("hostIP", hostIp).put("startTime", startTime);
        status.putArray("hostIPs").addObject().put("ip", hostIp);
        sandbox.ifPresent(box -> {
            status.put("podIP", box.ip());
            status.putArray("podIPs").addObject().put("ip", box.ip());
        });
        boolean initialized =
                init.stream().allMatch(c -> c.state() instanceof Terminated run && run.ok());
        boolean ready = !done && initialized && main.stream().allMatch(Container.Snapshot::ready);
        condition(pod, "PodReadyToStartContainers", sandbox.isPresent(), "", problem);
        condition(pod, "Initialized", initialized, "ContainersNotInitialized", "");
        condition(pod, "Ready", ready, done ? "PodCompleted" : "ContainersNotReady", "");
        condition(pod, "ContainersReady", ready, done ? "PodCompleted" : "ContainersNotReady", "");
        condition(pod, "PodScheduled", true, "", "");
        if (!init.isEmpty()) {
            containers(pod, "initContainers", init, status.putArray("initContainerStatuses"));
        }
        containers(pod, "containers", main, status.putArray("containerStatuses"));
        return pod;
    }

    private static boolean failed(Container.Snapshot container, RestartPolicy policy) {
        return container.state() instanceof Terminated run && !run.ok() && !policy.restarts(run);
    }

    private static void condition(
            ObjectNode pod, String type, boolean holds, String reason, String message) {
        Conditions.set(
                pod, type, holds ? "True" : "False", holds ? "" : reason, holds ? "" : message);
    }

    private static void containers(
            ObjectNode pod, String field, List<Container.Snapshot> snapshots, ArrayNode statuses) {
        for (int i = 0; i < snapshots.size(); i++) {
            Container.Snapshot container = snapshots.get(i);
            String image = pod.path("spec").path(field).path(i).path("image").asText();
            ObjectNode status = statuses.addObject();
            status.put("name", container.name())
                    .put("image", image)
                    .put("imageID", image)
                    .put("containerID", container.id())
                    .put("restartCount", container.restarts())
                    .put(
                            "ready",
                            container.ready() || field.equals("initContainers") && ok(container))
                    .put("started", container.state() instanceof Running);
            status.set("state", container.state().toJson());
            ObjectNode last = status.putObject("lastState");
            container.last().ifPresent(run -> last.setAll(run.toJson()));
        }
    }

    private static boolean ok(Container.Snapshot container) {
        return container.state() instanceof Terminated run && run.ok();
    }
}
