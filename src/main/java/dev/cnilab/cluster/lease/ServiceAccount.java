package dev.cnilab.cluster.lease;

import dev.cnilab.base.Failure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * How a pod reaches its cluster's API: by the address in its environment, with the token and the CA
 * that the kubelet mounted. A kubeconfig that lies in the home folder is none of its business: pods
 * with the machine's files would take the machine's user for theirs.
 *
 * @param folder where the kubelet mounts {@code token} and {@code ca.crt}
 */
record ServiceAccount(String host, String port, Path folder) {

    /** Where every kubelet mounts it. */
    static final Path FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    /**
     * @throws Failure outside of a pod, or in one without a token
     */
    static ServiceAccount of(Map<String, String> environment, Path folder) throws Failure {
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "");
        if (host.isEmpty() || port.isEmpty()) {
            throw missing("KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not both set");
        } else if (!Files.isReadable(folder.resolve("token"))) {
            throw missing(folder.resolve("token") + " can't be read");
        }
        return new ServiceAccount(host, port, folder);
    }

    private static Failure missing(String evidence) {
        return new Failure(
                Failure.Kind.USAGE,
                "no-service-account",
                "this is no pod with a service account",
                evidence,
                "give --kubeconfig FILE or --leases FILE");
    }

    /** The token is read for each request anew: the kubelet renews it. */
    Config config() {
        String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + authority)
                .withCaCertFile(folder.resolve("ca.crt").toString())
                .withOauthTokenProvider(this::token)
                .build();
    }

    private String token() {
        try {
            return Files.readString(folder.resolve("token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
