package dev.cnilab.kube.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.kube.ResourceType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the API serves is frozen: it grows for what a lab, a controller or a command that the docs
 * promise needs, and docs/embedded-api.md follows.
 */
class ServedTest {
    private static final String FROZEN =
            """
            v1 nodes ALL
            v1 nodes/status get patch update
            v1 namespaces ALL
            v1 namespaces/status get patch update
            v1 pods ALL
            v1 pods/status get patch update
            v1 pods/log get
            v1 pods/exec create get
            v1 pods/attach create get
            v1 pods/portforward create get
            v1 pods/eviction create
            v1 services ALL
            v1 services/status get patch update
            v1 endpoints ALL
            v1 events ALL
            v1 configmaps ALL
            v1 secrets ALL
            v1 serviceaccounts ALL
            apps/v1 daemonsets ALL
            apps/v1 daemonsets/status get patch update
            apps/v1 deployments ALL
            apps/v1 deployments/status get patch update
            apps/v1 deployments/scale get patch update
            apps/v1 replicasets ALL
            apps/v1 replicasets/status get patch update
            apps/v1 replicasets/scale get patch update
            apps/v1 controllerrevisions ALL
            coordination.k8s.io/v1 leases ALL
            discovery.k8s.io/v1 endpointslices ALL
            rbac.authorization.k8s.io/v1 clusterroles ALL
            rbac.authorization.k8s.io/v1 clusterrolebindings ALL
            rbac.authorization.k8s.io/v1 roles ALL
            rbac.authorization.k8s.io/v1 rolebindings ALL
            """
                    .replace("ALL", "create delete deletecollection get list patch update watch");

    @Test
    void theSurfaceIsFrozen() {
        List<String> served = new ArrayList<>();
        Arrays.stream(ResourceType.values())
                .map(ResourceType::apiVersion)
                .distinct()
                .forEach(version -> {
                    for (JsonNode each : Discovery.resources(version).path("resources")) {
                        String verbs =
                                each.path("verbs")
                                        .valueStream()
                                        .map(JsonNode::asText)
                                        .collect(Collectors.joining(" "));
                        served.add(version + " " + each.path("name").asText() + " " + verbs);
                    }
                });
        assertThat(served).containsExactlyElementsOf(FROZEN.lines().toList());
    }
}
