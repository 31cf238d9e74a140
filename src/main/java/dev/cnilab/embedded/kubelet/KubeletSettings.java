package dev.cnilab.embedded.kubelet;

/**
 * Settings of all kubelets about the API.
 *
 * @param kubernetesVersion reported by nodes as the kubelet's
 * @param labVersion reported by nodes as the container runtime's
 * @param apiHost the ClusterIP of Service {@code kubernetes}
 * @param token a bearer token that the API accepts
 * @param caCertificate PEM
 */
public record KubeletSettings(
        String kubernetesVersion,
        String labVersion,
        String apiHost,
        String token,
        String caCertificate) {}
