package dev.cnilab.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that a DaemonSet is meant for, whether its controller has noticed them or not: while a
 * node is tainted as not ready, the controller reports that the set desires no pod there.
 */
final class DaemonNodes {

    /** Of taints that follow a node's conditions, and disappear with them. */
    private static final String CONDITIONS = "node.kubernetes.io/";

    private static final String PREFER_NO_SCHEDULE = "PreferNoSchedule";

    private DaemonNodes() {}

    /** Returns how many there are at least: with node affinity, which is not read here, none. */
    static long count(DaemonSet set, List<Node> nodes) {
        PodSpec pod = set.getSpec().getTemplate().getSpec();
        return pod.getAffinity() != null && pod.getAffinity().getNodeAffinity() != null
                ? 0
                : nodes.stream().filter(node -> selects(pod, node) && tolerates(pod, node)).count();
    }

    private static boolean selects(PodSpec pod, Node node) {
        return orEmpty(node.getMetadata().getLabels())
                .entrySet()
                .containsAll(orEmpty(pod.getNodeSelector()).entrySet());
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> labels) {
        return labels == null ? Map.of() : labels;
    }

    private static boolean tolerates(PodSpec pod, Node node) {
        return node.getSpec().getTaints().stream()
                .filter(taint -> !taint.getKey().startsWith(CONDITIONS))
                .filter(taint -> !PREFER_NO_SCHEDULE.equals(taint.getEffect()))
                .allMatch(taint ->
                        pod.getTolerations().stream()
                                .anyMatch(toleration -> matches(toleration, taint)));
    }

    /** As the scheduler does: an empty key, effect or operator stands for any, any and Equal. */
    private static boolean matches(Toleration toleration, Taint taint) {
        return (isEmpty(toleration.getKey()) || toleration.getKey().equals(taint.getKey()))
                && (isEmpty(toleration.getEffect())
                        || toleration.getEffect().equals(taint.getEffect()))
                && ("Exists".equals(toleration.getOperator())
                        || Objects.requireNonNullElse(toleration.getValue(), "")
                                .equals(Objects.requireNonNullElse(taint.getValue(), "")));
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
