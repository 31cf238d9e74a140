package dev.cnilab.cluster.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.function.Supplier;

/** Requests to the Kubernetes API, whose failures are I/O errors to the rest of the program. */
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
        // Of a connection that fails, only the cause says why.
        String cause = e.getCause() == null ? "" : " " + e.getCause();
        return new IOException("Kubernetes API: " + e.getMessage() + cause, e);
    }
}
