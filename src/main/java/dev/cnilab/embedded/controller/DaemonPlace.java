package dev.cnilab.embedded.controller;

import java.util.List;

/**
 * A node from the perspective of a DaemonSet.
 *
 * @param eligible whether a pod should run here
 * @param tolerated whether an existing pod may stay although no new one would be created
 * @param pods the DaemonSet's pods here, oldest first
 */
record DaemonPlace(boolean eligible, boolean tolerated, List<KubeObject> pods) {

    static DaemonPlace of(KubeObject set, KubeObject node, List<KubeObject> podsOfSet) {
        var spec = DaemonPod.tolerant(set.spec().path("template").path("spec").deepCopy());
        List<Taint> hostile =
                Taint.ofNode(node).stream()
                        .filter(Taint::keepsPodsOut)
                        .filter(taint -> !taint.toleratedBy(spec))
                        .toList();
        boolean selected = NodeFit.selects(spec, node);
        return new DaemonPlace(
                selected && hostile.isEmpty(),
                selected && hostile.stream().noneMatch(Taint::evicts),
                podsOfSet.stream().filter(pod -> isFor(pod, node)).toList());
    }

    static boolean isFor(KubeObject pod, KubeObject node) {
        return DaemonPod.target(pod).equals(node.name());
    }

    /** Checks whether a pod should be created; a terminating pod delays it. */
    boolean lacksPod() {
        return eligible && pods.isEmpty();
    }

    boolean occupied() {
        return !pods.isEmpty();
    }

    boolean ready() {
        return pods.stream().anyMatch(Pods::ready);
    }

    /**
     * Returns the pods to delete: finished ones, all but the oldest, or all when none may run here.
     */
    List<KubeObject> surplus() {
        List<KubeObject> active = pods.stream().filter(Pods::active).toList();
        int kept = eligible || tolerated ? 1 : 0;
        return pods.stream()
                .filter(pod -> Pods.finished(pod) || active.indexOf(pod) >= kept)
                .toList();
    }

    boolean updated(String hash) {
        return pods.stream().anyMatch(pod -> hashOf(pod).equals(hash));
    }

    List<KubeObject> outdated(String hash) {
        return pods.stream().filter(Pods::active).filter(p -> !hashOf(p).equals(hash)).toList();
    }

    private static String hashOf(KubeObject pod) {
        return pod.labels().getOrDefault(DaemonSets.HASH_LABEL, "");
    }
}
