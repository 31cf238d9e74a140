package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The progress of a Deployment from its old ReplicaSets to the newest, and the next step.
 *
 * @param desired the Deployment's replicas
 * @param surge maxSurge: how many pods may exist beyond that
 * @param unavailable maxUnavailable: how many of them may be unavailable
 * @param recreate whether all old pods terminate before the first new one starts
 * @param old oldest first
 */
record Rollout(
        int desired,
        int surge,
        int unavailable,
        boolean recreate,
        KubeObject newest,
        List<KubeObject> old) {

    static Rollout of(KubeObject deployment, KubeObject newest, List<KubeObject> old) {
        return new Rollout(
                specReplicas(deployment),
                surge(deployment),
                unavailable(deployment),
                deployment.spec().path("strategy").path("type").asText().equals("Recreate"),
                newest,
                old);
    }

    private static int surge(KubeObject deployment) {
        return (int)
                Proportion.of(limits(deployment).path("maxSurge"), "25%")
                        .up(specReplicas(deployment));
    }

    /** Returns maxUnavailable of a Deployment as a number; at least one when maxSurge is 0. */
    static int unavailable(KubeObject deployment) {
        int allowed =
                (int)
                        Proportion.of(limits(deployment).path("maxUnavailable"), "25%")
                                .down(specReplicas(deployment));
        return allowed + surge(deployment) == 0 ? 1 : allowed;
    }

    private static JsonNode limits(KubeObject deployment) {
        return deployment.spec().path("strategy").path("rollingUpdate");
    }

    /** Returns the number of replicas that each ReplicaSet should have now. */
    Map<KubeObject, Integer> next() {
        Map<KubeObject, Integer> next = new LinkedHashMap<>();
        if (recreate) {
            old.forEach(set -> next.put(set, 0));
            boolean ended = old.stream().allMatch(set -> replicas(set, "replicas") == 0);
            next.put(newest, ended ? desired : 0);
        } else {
            next.put(newest, grown());
            shrink(next);
        }
        return next;
    }

    private int grown() {
        int others = old.stream().mapToInt(Rollout::specReplicas).sum();
        int room = Math.max(0, desired + surge - others);
        return Math.min(desired, Math.max(room, Math.min(specReplicas(newest), desired)));
    }

    /**
     * Scales the old sets down as far as new pods replace theirs: unavailable pods first, then as
     * many as keep the required number available.
     */
    private void shrink(Map<KubeObject, Integer> next) {
        int missingNew = specReplicas(newest) - available(newest);
        int total = specReplicas(newest) + old.stream().mapToInt(Rollout::specReplicas).sum();
        int spare = total - (desired - unavailable) - missingNew;
        for (KubeObject set : old) {
            int broken = Math.clamp(specReplicas(set) - available(set), 0, Math.max(0, spare));
            next.put(set, specReplicas(set) - broken);
            spare -= broken;
        }
        for (KubeObject set : old) {
            int left = next.getOrDefault(set, 0);
            int taken = Math.clamp(spare, 0, left);
            next.put(set, left - taken);
            spare -= taken;
        }
    }

    /** Returns {@code spec.replicas} of a Deployment or a ReplicaSet. */
    static int specReplicas(KubeObject workload) {
        return workload.spec().path("replicas").asInt(1);
    }

    static int available(KubeObject set) {
        return replicas(set, "availableReplicas");
    }

    static int replicas(KubeObject set, String count) {
        return set.status().path(count).asInt();
    }
}
