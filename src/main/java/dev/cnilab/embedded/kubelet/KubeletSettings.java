package dev.cnilab.embedded.kubelet;

/**
 * What pods are told about the API.
 *
 * @param kubernetesVersion what nodes report as the kubelet's
 * @param labVersion what nodes report as the container runtime's
 * @param apiHost the ClusterIP of Service {@code kubernetes}
 * @param token a bearer token that the API takes
 * @param caCertificate PEM
 */
public record KubeletSettings(
        String kubernetesVersion,
        String labVersion,
        String apiHost,
        String token,
        String caCertificate) {}
