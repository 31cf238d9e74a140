package dev.cnilab.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import org.jspecify.annotations.Nullable;

/** Checks whether a workload has all its desired pods, as {@code kubectl rollout status} does. */
final class Workloads {

    private Workloads() {}

    static boolean settled(DaemonSet set) {
        DaemonSetStatus status = set.getStatus();
        return status != null
                && observed(set, status.getObservedGeneration())
                && number(status.getUpdatedNumberScheduled())
                        == number(status.getDesiredNumberScheduled())
                && number(status.getNumberAvailable())
                        == number(status.getDesiredNumberScheduled());
    }

    static boolean settled(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        int wanted = number(deployment.getSpec().getReplicas());
        return status != null
                && observed(deployment, status.getObservedGeneration())
                && number(status.getUpdatedReplicas()) == wanted
                && number(status.getAvailableReplicas()) == wanted
                && number(status.getReplicas()) == wanted;
    }

    private static boolean observed(HasMetadata workload, @Nullable Long generation) {
        return generation != null && generation >= workload.getMetadata().getGeneration();
    }

    private static int number(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
