package dev.cnilab.embedded.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceAllocatorTest {

    private final ControlledCluster cluster = new ControlledCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void allocatesAboveTheBandForRequestedAddresses() {
        assertThat(clusterIp(service("a", "'ports': [{'port': 80}]"))).isEqualTo("10.96.1.0");
        assertThat(clusterIp(service("b", "'ports': [{'port': 80}]"))).isEqualTo("10.96.1.1");
        cluster.store.delete(ResourceType.SERVICE, "default", "a");
        assertThat(clusterIp(service("c", "'ports': [{'port': 80}]"))).isEqualTo("10.96.1.0");
    }

    @Test
    void allocatesRequestedValues() {
        KubeObject service =
                service(
                        "a",
                        "'type': 'NodePort', 'clusterIP': '10.96.0.10',"
                                + "'ports': [{'port': 80, 'nodePort': 32000}]");
        assertThat(clusterIp(service)).isEqualTo("10.96.0.10");
        assertThat(nodePort(service)).isEqualTo(32000);
        assertThat(clusterIp(service("h", "'clusterIP': 'None', 'ports': []"))).isEqualTo("None");
        assertThat(clusterIp(service("i", "'clusterIP': 'None', 'ports': []"))).isEqualTo("None");
    }

    @Test
    void rejectsValuesInUse() {
        service("a", "'type': 'NodePort', 'ports': [{'port': 80, 'nodePort': 32000}]");
        refused(
                "'type': 'NodePort', 'ports': [{'port': 80, 'nodePort': 32000}]",
                "Service \"bad\" is invalid: spec.ports.nodePort: Invalid value: 32000: "
                        + "provided port is already allocated");
        refused(
                "'clusterIP': '10.96.0.1', 'ports': []",
                "Service \"bad\" is invalid: spec.clusterIPs: Invalid value: "
                        + "[]string{\"10.96.0.1\"}: failed to allocate IP 10.96.0.1: "
                        + "provided IP is already allocated");
    }

    @Test
    void allowsTheSamePortForAnotherProtocol() {
        service("a", "'type': 'NodePort', 'ports': [{'port': 53, 'nodePort': 32053}]");
        KubeObject udp =
                service(
                        "b",
                        "'type': 'NodePort',"
                                + "'ports': [{'port': 53, 'nodePort': 32053, 'protocol': 'UDP'}]");
        assertThat(nodePort(udp)).isEqualTo(32053);
    }

    @Test
    void rejectsValuesOutOfRange() {
        refused(
                "'type': 'NodePort', 'ports': [{'port': 80, 'nodePort': 80}]",
                "Service \"bad\" is invalid: spec.ports.nodePort: Invalid value: 80: provided"
                        + " port is not in the valid range. The range of valid ports is"
                        + " 30000-32767");
        refused(
                "'clusterIP': '10.97.0.1', 'ports': []",
                "Service \"bad\" is invalid: spec.clusterIPs: Invalid value: "
                        + "[]string{\"10.97.0.1\"}: failed to allocate IP 10.97.0.1: "
                        + "the provided IP is not in the valid range 10.96.0.0/16");
    }

    @Test
    void keepsAllocationsThatAnUpdateOmits() {
        KubeObject before = service("a", "'type': 'NodePort', 'ports': [{'port': 80}]");
        assertThat(nodePort(before)).isEqualTo(30086);
        KubeObject after =
                new KubeObject(
                        cluster.store.update(
                                ResourceType.SERVICE,
                                "default",
                                "a",
                                json -> {
                                    json.set(
                                            "spec",
                                            ControlledCluster.json(
                                                    "{'type': 'NodePort', 'ports': [{'port': 81},"
                                                            + " {'port': 80}]}"));
                                    return json;
                                }));
        assertThat(clusterIp(after)).isEqualTo(clusterIp(before));
        assertThat(after.spec().at("/ports/1/nodePort").asInt()).isEqualTo(30086);
        assertThat(nodePort(after)).isEqualTo(30087);
    }

    @Test
    void releasesNodePortsOfAServiceThatBecomesClusterIp() {
        service("a", "'type': 'NodePort', 'ports': [{'port': 80, 'nodePort': 32000}]");
        cluster.store.update(
                ResourceType.SERVICE,
                "default",
                "a",
                json -> {
                    json.withObject("/spec").put("type", "ClusterIP");
                    return json;
                });
        KubeObject b =
                service("b", "'type': 'NodePort', 'ports': [{'port': 80, 'nodePort': 32000}]");
        assertThat(nodePort(b)).isEqualTo(32000);
    }

    private KubeObject service(String name, String spec) {
        return cluster.create(
                ResourceType.SERVICE,
                "{'metadata': {'namespace': 'default', 'name': '%s'}, 'spec': {%s}}"
                        .formatted(name, spec));
    }

    private void refused(String spec, String message) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> service("bad", spec))
                .withMessage(message);
        assertThat(cluster.store.get(ResourceType.SERVICE, "default", "bad")).isEmpty();
    }

    private static String clusterIp(KubeObject service) {
        return service.spec().path("clusterIP").asText();
    }

    private static int nodePort(KubeObject service) {
        return service.spec().at("/ports/0/nodePort").asInt();
    }
}
