package dev.cnilab.cluster.kubernetes;

import static dev.cnilab.cluster.kubernetes.Requests.ask;
import static dev.cnilab.cluster.kubernetes.Requests.failure;

import dev.cnilab.cluster.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Evicts and deletes pods. */
public final class PodEvictions {

    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;

    PodEvictions(KubernetesClient client) {
        this.client = client;
    }

    /** Whether a controller, such as a ReplicaSet, replaces the pod. */
    public boolean hasController(Pod pod) throws IOException {
        io.fabric8.kubernetes.api.model.@Nullable Pod there = ask(() -> resource(pod).get());
        return there != null
                && there.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()));
    }

    /**
     * Requests a pod's eviction (policy/v1) without waiting for its end.
     *
     * @return false if a PodDisruptionBudget does not allow it now
     */
    public boolean evict(Pod pod) throws IOException {
        try {
            return resource(pod).evict();
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return true;
            }
            throw failure(e);
        }
    }

    /** Deletes a pod without waiting for its end. */
    public void delete(Pod pod) throws IOException {
        ask(() -> resource(pod).delete());
    }

    private PodResource resource(Pod pod) {
        return client.pods().inNamespace(pod.namespace()).withName(pod.name());
    }
}
