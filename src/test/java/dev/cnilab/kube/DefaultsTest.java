package dev.cnilab.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class DefaultsTest {

    @Test
    void podFieldsGetDefaults() {
        ObjectNode pod =
                filled(
                        ResourceType.POD,
                        """
                        {'spec': {'restartPolicy': 'Never',
                          'containers': [{'name': 'c', 'ports': [{'containerPort': 80}]}]}}
                        """);
        assertThat(pod.at("/spec/restartPolicy").asText()).isEqualTo("Never");
        assertThat(pod.at("/spec/dnsPolicy").asText()).isEqualTo("ClusterFirst");
        assertThat(pod.at("/spec/terminationGracePeriodSeconds").asInt()).isEqualTo(30);
        assertThat(pod.at("/spec/containers/0/ports/0/protocol").asText()).isEqualTo("TCP");
        assertThat(pod.at("/status/phase").asText()).isEqualTo("Pending");
        assertThat(pod.path("spec").has("initContainers")).isFalse();
    }

    @Test
    void podTemplateGetsThePodsDefaults() {
        ObjectNode set =
                filled(
                        ResourceType.DAEMON_SET,
                        "{'spec': {'template': {'spec': {'containers': [{'name': 'c', 'image': 'c:1'}]}}}}");
        assertThat(set.at("/spec/updateStrategy/type").asText()).isEqualTo("RollingUpdate");
        assertThat(set.at("/spec/template/spec/restartPolicy").asText()).isEqualTo("Always");
        assertThat(set.at("/spec/template/spec/containers/0/imagePullPolicy").asText())
                .isEqualTo("IfNotPresent");
    }

    @Test
    void targetPortDefaultsToPort() {
        ObjectNode service =
                filled(
                        ResourceType.SERVICE,
                        "{'spec': {'ports': [{'port': 80}, {'port': 81, 'targetPort': 'x'}]}}");
        assertThat(service.at("/spec/type").asText()).isEqualTo("ClusterIP");
        assertThat(service.at("/spec/ports/0/protocol").asText()).isEqualTo("TCP");
        assertThat(service.at("/spec/ports/0/targetPort").asInt()).isEqualTo(80);
        assertThat(service.at("/spec/ports/1/targetPort").asText()).isEqualTo("x");
    }

    @Test
    void defaultingIsIdempotent() {
        ObjectNode once = filled(ResourceType.DEPLOYMENT, "{'spec': {'replicas': 3}}");
        ObjectNode copy = once.deepCopy();
        Defaults.fill(ResourceType.DEPLOYMENT, once);
        assertThat(once).isEqualTo(copy);
        assertThat(once.at("/spec/replicas").asInt()).isEqualTo(3);
    }

    private static ObjectNode filled(ResourceType type, String json) {
        try {
            ObjectNode object = (ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"'));
            Defaults.fill(type, object);
            return object;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
