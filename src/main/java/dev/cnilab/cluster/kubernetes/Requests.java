package dev.cnilab.cluster.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.function.Supplier;

/** Runs requests to the Kubernetes API; converts their failures to {@link IOException}. */
final class Requests {

    private Requests() {}

    static <T> T ask(Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            throw failure(e);
        }
    }

    static IOException failure(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return new IOException("Kubernetes API: " + e.getStatus().getMessage(), e);
        }
        // Only the cause has the reason of a failed connection.
        String cause = e.getCause() == null ? "" : " " + e.getCause();
        return new IOException("Kubernetes API: " + e.getMessage() + cause, e);
    }
}
