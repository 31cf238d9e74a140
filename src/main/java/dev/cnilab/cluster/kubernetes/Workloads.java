package dev.cnilab.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a workload has all its desired pods, as {@code kubectl rollout status} does; a
 * DaemonSet's on each node that it is meant for, too.
 */
final class Workloads {

    private Workloads() {}

    /**
     * Returns what is missing; empty if nothing is.
     *
     * @param nodes of the cluster
     */
    static Optional<String> lack(DaemonSet set, List<Node> nodes) {
        DaemonSetStatus status = set.getStatus();
        if (status == null || !observed(set, status.getObservedGeneration())) {
            return Optional.of(unobserved(set));
        }
        long desired =
                Math.max(number(status.getDesiredNumberScheduled()), DaemonNodes.count(set, nodes));
        return lack(
                set,
                desired,
                number(status.getUpdatedNumberScheduled()),
                number(status.getNumberAvailable()));
    }

    /** Returns what is missing; empty if nothing is. */
    static Optional<String> lack(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        int desired = number(deployment.getSpec().getReplicas());
        if (status == null || !observed(deployment, status.getObservedGeneration())) {
            return Optional.of(unobserved(deployment));
        }
        if (number(status.getReplicas()) > desired) {
            return Optional.of(name(deployment) + " still has replaced pods");
        }
        return lack(
                deployment,
                desired,
                number(status.getUpdatedReplicas()),
                number(status.getAvailableReplicas()));
    }

    private static Optional<String> lack(
            HasMetadata workload, long desired, int updated, int available) {
        return updated == desired && available == desired
                ? Optional.empty()
                : Optional.of(
                        "%s has %d of %d pods, %d available"
                                .formatted(name(workload), updated, desired, available));
    }

    private static String unobserved(HasMetadata workload) {
        return name(workload) + " is not yet known to its controller";
    }

    private static String name(HasMetadata workload) {
        return workload.getKind()
                + " "
                + workload.getMetadata().getNamespace()
                + "/"
                + workload.getMetadata().getName();
    }

    private static boolean observed(HasMetadata workload, @Nullable Long generation) {
        return generation != null && generation >= workload.getMetadata().getGeneration();
    }

    private static int number(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
