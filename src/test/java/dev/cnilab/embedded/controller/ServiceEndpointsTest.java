package dev.cnilab.embedded.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.kube.ResourceType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceEndpointsTest {

    private final ControlledCluster cluster = new ControlledCluster();

    @BeforeEach
    void service() {
        cluster.node("a");
        cluster.create(
                ResourceType.SERVICE,
                """
                {'metadata': {'namespace': 'default', 'name': 'demo', 'labels': {'l': 'x'}},
                 'spec': {'selector': {'app': 'demo'},
                          'ports': [{'name': 'web', 'port': 80, 'targetPort': 'http'},
                                    {'name': 'raw', 'port': 81, 'targetPort': 8081}]}}
                """);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void listsReadyPodsWithTheirPortNumbers() {
        KubeObject pod = pod("p", "demo", 8080);
        pod("other", "other", 8080);
        cluster.run(pod, "10.244.0.5");
        JsonNode subset = subsets(1).path(0);
        assertThat(subset.at("/addresses/0/ip").asText()).isEqualTo("10.244.0.5");
        assertThat(subset.at("/addresses/0/nodeName").asText()).isEqualTo("a");
        assertThat(subset.at("/addresses/0/targetRef/uid").asText()).isEqualTo(pod.uid());
        assertThat(subset.at("/ports/0/port").asInt()).isEqualTo(8080);
        assertThat(subset.at("/ports/1/port").asInt()).isEqualTo(8081);
        KubeObject slice = slices(1).getFirst();
        assertThat(slice.labels())
                .containsEntry("kubernetes.io/service-name", "demo")
                .containsEntry("l", "x");
        assertThat(slice.json().at("/endpoints/0/addresses/0").asText()).isEqualTo("10.244.0.5");
        assertThat(slice.json().at("/endpoints/0/conditions/ready").asBoolean()).isTrue();
    }

    @Test
    void listsAPodThatIsNotReadySeparately() {
        KubeObject pod = pod("p", "demo", 8080);
        cluster.run(pod, "10.244.0.5");
        subsets(1);
        cluster.ready(ResourceType.POD, pod, false);
        cluster.eventually(
                () -> endpoints().path("subsets").path(0),
                subset ->
                        !subset.has("addresses")
                                && subset.at("/notReadyAddresses/0/ip")
                                        .asText()
                                        .equals("10.244.0.5"));
        cluster.store.delete(ResourceType.POD, "default", "p");
        subsets(0);
        slices(0);
    }

    @Test
    void groupsPodsByPortNumbers() {
        cluster.run(pod("p", "demo", 8080), "10.244.0.5");
        cluster.run(pod("q", "demo", 9090), "10.244.0.6");
        assertThat(subsets(2).findValuesAsText("port"))
                .containsExactlyInAnyOrder("8080", "8081", "9090", "8081");
        slices(2);
    }

    @Test
    void deletesThemWithTheirService() {
        cluster.run(pod("p", "demo", 8080), "10.244.0.5");
        slices(1);
        cluster.store.delete(ResourceType.SERVICE, "default", "demo");
        slices(0);
        cluster.eventually(
                () -> cluster.store.get(ResourceType.ENDPOINTS, "default", "demo"),
                java.util.Optional::isEmpty);
    }

    private KubeObject pod(String name, String app, int port) {
        return cluster.create(
                ResourceType.POD,
                """
                {'metadata': {'namespace': 'default', 'name': '%s', 'labels': {'app': '%s'}},
                 'spec': {'nodeName': 'a', 'containers': [{'name': 'c',
                          'ports': [{'name': 'http', 'containerPort': %d}]}]}}
                """
                        .formatted(name, app, port));
    }

    private JsonNode subsets(int count) {
        return cluster.eventually(() -> endpoints().path("subsets"), s -> s.size() == count);
    }

    private JsonNode endpoints() {
        return cluster.store
                .get(ResourceType.ENDPOINTS, "default", "demo")
                .map(JsonNode.class::cast)
                .orElse(ControlledCluster.json("{}"));
    }

    private List<KubeObject> slices(int count) {
        return cluster.eventually(
                () ->
                        cluster.list(ResourceType.ENDPOINT_SLICE).stream()
                                .filter(s -> s.name().startsWith("demo-"))
                                .toList(),
                slices -> slices.size() == count);
    }
}
