package dev.cnilab.cluster.kubernetes;

import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.Service;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Converts objects of the Kubernetes API to lab's records. */
final class ClusterObjects {

    private static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

    private ClusterObjects() {}

    static Node node(io.fabric8.kubernetes.api.model.Node node) {
        List<Taint> taints = orEmpty(node.getSpec().getTaints());
        Map<String, String> labels = orEmpty(node.getMetadata().getLabels());
        // Without one if no kubelet has registered it.
        Optional<NodeStatus> status = Optional.ofNullable(node.getStatus());
        return new Node(
                node.getMetadata().getName(),
                labels.containsKey(CONTROL_PLANE) ? Node.Role.CONTROL_PLANE : Node.Role.WORKER,
                status.map(ClusterObjects::internalIp).orElse(Ipv4Address.ANY),
                Optional.ofNullable(node.getSpec().getPodCIDR()).map(Ipv4Prefix::parse),
                status.stream()
                        .flatMap(each -> orEmpty(each.getConditions()).stream())
                        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True")),
                status.map(NodeStatus::getNodeInfo)
                        .map(NodeSystemInfo::getKubeletVersion)
                        .orElse(""),
                taints.stream().map(ClusterObjects::taint).toList());
    }

    static Pod pod(io.fabric8.kubernetes.api.model.Pod pod) {
        PodStatus status = pod.getStatus();
        List<ContainerStatus> containers = orEmpty(status.getContainerStatuses());
        return new Pod(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                Optional.ofNullable(pod.getSpec().getNodeName()).filter(name -> !name.isEmpty()),
                Optional.ofNullable(status.getPodIP())
                        .filter(ip -> !ip.isEmpty())
                        .map(Ipv4Address::parse),
                Boolean.TRUE.equals(pod.getSpec().getHostNetwork()),
                pod.getMetadata().getDeletionTimestamp() != null
                        ? "Terminating"
                        : Objects.requireNonNullElse(status.getPhase(), "Pending"),
                orEmpty(status.getConditions()).stream()
                        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True")),
                (int) containers.stream().filter(c -> Boolean.TRUE.equals(c.getReady())).count(),
                pod.getSpec().getContainers().size(),
                containers.stream().mapToInt(ContainerStatus::getRestartCount).sum(),
                Instant.parse(pod.getMetadata().getCreationTimestamp()),
                orEmpty(pod.getMetadata().getLabels()),
                reason(status));
    }

    static Service service(io.fabric8.kubernetes.api.model.Service service) {
        Optional<ServicePort> port = orEmpty(service.getSpec().getPorts()).stream().findFirst();
        return new Service(
                service.getMetadata().getNamespace(),
                service.getMetadata().getName(),
                service.getSpec().getType(),
                Optional.ofNullable(service.getSpec().getClusterIP())
                        .filter(ip -> ip.contains("."))
                        .map(Ipv4Address::parse),
                port.map(ServicePort::getPort).orElse(0),
                port.map(ServicePort::getNodePort).orElse(0),
                orEmpty(service.getSpec().getSelector()));
    }

    private static Ipv4Address internalIp(NodeStatus status) {
        return orEmpty(status.getAddresses()).stream()
                .filter(address -> address.getType().equals("InternalIP"))
                .map(NodeAddress::getAddress)
                .filter(address -> address.contains("."))
                .findFirst()
                .map(Ipv4Address::parse)
                .orElse(Ipv4Address.ANY);
    }

    /** The reason and message of the first waiting container. */
    private static String reason(PodStatus status) {
        Optional<ContainerStateWaiting> waiting =
                Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
                        .flatMap(list -> orEmpty(list).stream())
                        .flatMap(container -> Stream.ofNullable(container.getState()))
                        .flatMap(state -> Stream.ofNullable(state.getWaiting()))
                        .findFirst();
        Stream<@Nullable String> unmet =
                orEmpty(status.getConditions()).stream()
                        .filter(condition -> condition.getStatus().equals("False"))
                        .map(condition -> condition.getMessage());
        String problem =
                unmet.filter(message -> message != null && !message.isEmpty())
                        // A kubelet reports this for every pod that is not ready.
                        .filter(message -> !message.startsWith("containers with "))
                        .findFirst()
                        .orElse("");
        return waiting.filter(state -> problem.isEmpty())
                .map(state ->
                        (state.getReason()
                                        + " "
                                        + Objects.requireNonNullElse(state.getMessage(), ""))
                                .strip())
                .orElse(problem);
    }

    /** Formats a taint as {@code KEY=VALUE:EFFECT}. */
    static String taint(Taint taint) {
        String value = taint.getValue();
        return taint.getKey()
                + (value == null || value.isEmpty() ? "" : "=" + value)
                + ":"
                + taint.getEffect();
    }

    /** The reverse of {@link #taint(Taint)}. */
    static Taint taint(String text) {
        int effect = text.lastIndexOf(':');
        int value = text.indexOf('=');
        return new TaintBuilder()
                .withKey(text.substring(0, value < 0 ? effect : value))
                .withValue(value < 0 ? null : text.substring(value + 1, effect))
                .withEffect(text.substring(effect + 1))
                .build();
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
