package dev.cnilab.kube.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {
    private static final String WORKLOAD =
            "{metadata: {name: w}, spec: {selector: {matchLabels: {app: %s}}, template: {metadata:"
                    + " {labels: {app: a}}, spec: {containers: [{name: c, image: i}]%s}}}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "POD | {metadata: {name: p}, spec: {}} | Pod \"p\" is invalid: spec.containers: Required value",
                "POD | {metadata: {name: p}, spec: {containers: [{name: A, image: i}]}} | spec.containers[0].name: Invalid value: \"A\": a lowercase RFC 1123 label must consist of",
                "POD | {metadata: {name: p}, spec: {containers: [{name: a}]}} | spec.containers[0].image: Required value",
                "POD | {metadata: {name: p}, spec: {containers: [{name: a, image: i}, {name: a, image: i}]}} | spec.containers[1].name: Duplicate value: \"a\"",
                "POD | {metadata: {name: p}, spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /}]}]}} | spec.containers[0].volumeMounts[0].name: Not found: \"v\"",
                "POD | {metadata: {name: p}, spec: {restartPolicy: Maybe, containers: [{name: a, image: i}]}} | spec.restartPolicy: Unsupported value: \"Maybe\": supported values: \"Always\", \"Never\", \"OnFailure\"",
                "POD | {metadata: {name: p, labels: {a: b c}}, spec: {containers: [{name: a, image: i}]}} | metadata.labels: Invalid value: \"b c\": a valid label must be",
                "POD | {metadata: {name: p}, spec: {containers: [{}]}} | Pod \"p\" is invalid: [spec.containers[0].name: Required value, spec.containers[0].image: Required value]",
                "POD | {metadata: {name: p}, spec: {securityContext: {runAsUser: -1}, containers: [{name: a, image: i}]}} | spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive",
                "POD | {metadata: {name: p}, spec: {securityContext: {supplementalGroups: [1, -2]}, containers: [{name: a, image: i}]}} | spec.securityContext.supplementalGroups[1]: Invalid value: -2: must be between 0 and 2147483647, inclusive",
                "POD | {metadata: {name: p}, spec: {containers: [{name: a, image: i, securityContext: {seccompProfile: {type: runtimeDefault}}}]}} | spec.containers[0].securityContext.seccompProfile.type: Unsupported value: \"runtimeDefault\": supported values: \"Localhost\", \"RuntimeDefault\", \"Unconfined\"",
                "POD | {metadata: {name: p}, spec: {containers: [{name: a, image: i, securityContext: {seccompProfile: {type: Localhost}}}]}} | spec.containers[0].securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost",
                "POD | {metadata: {name: p}, spec: {containers: [{name: a, image: i, securityContext: {privileged: true, allowPrivilegeEscalation: false}}]}} | cannot set `allowPrivilegeEscalation` to false and `privileged` to true",
                "SERVICE | {metadata: {name: s}, spec: {}} | spec.ports: Required value",
                "SERVICE | {metadata: {name: s}, spec: {ports: [{port: 0}]}} | spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
                "SERVICE | {metadata: {name: s}, spec: {type: X, ports: [{port: 1}]}} | spec.type: Unsupported value: \"X\"",
                "DAEMON_SET | {metadata: {name: d}, spec: {template: {spec: {containers: [{name: a, image: i}]}}}} | DaemonSet.apps \"d\" is invalid: spec.selector: Required value",
            })
    void errorsNameTheField(ResourceType type, String object, String message) {
        ObjectNode mistaken = TestApi.yaml(object);
        assertThatThrownBy(() -> Validation.check(type, null, mistaken))
                .hasMessageContaining(message);
    }

    @Test
    void selectorMatchesTheTemplate() {
        ResourceType type = ResourceType.DEPLOYMENT;
        ObjectNode good = TestApi.yaml(WORKLOAD.formatted("a", ""));
        assertThatCode(() -> Validation.check(type, null, good)).doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        Validation.check(type, null, TestApi.yaml(WORKLOAD.formatted("b", ""))))
                .hasMessageContaining("`selector` does not match template `labels`");
        assertThatThrownBy(() ->
                        Validation.check(
                                type,
                                null,
                                TestApi.yaml(WORKLOAD.formatted("a", ", restartPolicy: Never"))))
                .hasMessageContaining("supported values: \"Always\"");
        assertThatThrownBy(() ->
                        Validation.check(type, good, TestApi.yaml(WORKLOAD.formatted("b", ""))))
                .hasMessageContaining("field is immutable");
    }

    @Test
    void podUpdateMayChangeTheImageOnly() {
        ObjectNode before =
                TestApi.yaml("{metadata: {name: p}, spec: {containers: [{name: c, image: a}]}}");
        ObjectNode image =
                TestApi.yaml("{metadata: {name: p}, spec: {containers: [{name: c, image: b}]}}");
        ObjectNode command =
                TestApi.yaml(
                        "{metadata: {name: p}, spec: {containers: [{name: c, image: a, command: [x]}]}}");
        assertThatCode(() -> Validation.check(ResourceType.POD, before, image))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Validation.check(ResourceType.POD, before, command))
                .hasMessageContaining("Forbidden: pod updates may not change fields other than");
    }
}
