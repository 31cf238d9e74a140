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
 * A pod's access to its cluster's API: the address from its environment, token and CA from the
 * kubelet's mount. ~/.kube/config is ignored: in pods that see the machine's files it is the
 * machine's user's.
 *
 * @param folder where the kubelet mounts {@code token} and {@code ca.crt}
 */
record ServiceAccount(String host, String port, Path folder) {

    /** The mount point in every pod. */
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

    /**
     * A client configuration that reads the token for each request, since the kubelet renews it.
     */
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
