package dev.cnilab.cluster.kubernetes;

import static dev.cnilab.cluster.kubernetes.Requests.ask;
import static dev.cnilab.cluster.kubernetes.Requests.failure;

import dev.cnilab.cluster.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Moves pods away from where they run. */
public final class PodEvictions {

    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;

    PodEvictions(KubernetesClient client) {
        this.client = client;
    }

    /** Whether something replaces the pod when it is gone, as a ReplicaSet does. */
    public boolean hasController(Pod pod) throws IOException {
        io.fabric8.kubernetes.api.model.@Nullable Pod there = ask(() -> resource(pod).get());
        return there != null
                && there.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()));
    }

    /**
     * Asks for a pod's eviction (policy/v1), and does not wait for its end.
     *
     * @return false when a PodDisruptionBudget does not allow it now
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

    /** Deletes a pod, and does not wait for its end. */
    public void delete(Pod pod) throws IOException {
        ask(() -> resource(pod).delete());
    }

    private PodResource resource(Pod pod) {
        return client.pods().inNamespace(pod.namespace()).withName(pod.name());
    }
}
