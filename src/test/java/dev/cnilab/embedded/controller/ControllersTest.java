package dev.cnilab.embedded.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.kube.ResourceType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControllersTest {

    private final ControlledCluster cluster = new ControlledCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void createsNamespacesAndTheServiceOfTheApi() {
        assertThat(cluster.list(ResourceType.NAMESPACE))
                .extracting(KubeObject::name)
                .containsExactly("default", "kube-node-lease", "kube-public", "kube-system");
        KubeObject service = cluster.get(ResourceType.SERVICE, "default", "kubernetes");
        assertThat(service.spec().path("clusterIP").asText()).isEqualTo("10.96.0.1");
        assertThat(service.spec().at("/ports/0/targetPort").asInt()).isEqualTo(6443);
        KubeObject slice = cluster.get(ResourceType.ENDPOINT_SLICE, "default", "kubernetes");
        assertThat(slice.json().at("/endpoints/0/addresses/0").asText()).isEqualTo("172.18.0.2");
        assertThat(slice.json().at("/ports/0/name").asText()).isEqualTo("https");
        KubeObject endpoints = cluster.get(ResourceType.ENDPOINTS, "default", "kubernetes");
        assertThat(endpoints.json().at("/subsets/0/addresses/0/ip").asText())
                .isEqualTo("172.18.0.2");
    }

    @Test
    void createsANamespacesContentsAndDeletesThemWithIt() {
        cluster.create(ResourceType.NAMESPACE, "{'metadata': {'name': 'mine'}}");
        cluster.eventually(
                () -> cluster.store.get(ResourceType.SERVICE_ACCOUNT, "mine", "default"),
                account -> account.isPresent());
        KubeObject ca =
                new KubeObject(
                        cluster.eventually(
                                        () ->
                                                cluster.store.get(
                                                        ResourceType.CONFIG_MAP,
                                                        "mine",
                                                        "kube-root-ca.crt"),
                                        map -> map.isPresent())
                                .orElseThrow());
        assertThat(ca.json().at("/data/ca.crt").asText()).isEqualTo("PEM");
        cluster.store.delete(ResourceType.NAMESPACE, "", "mine");
        cluster.eventually(
                () -> cluster.list(ResourceType.CONFIG_MAP),
                maps -> maps.stream().noneMatch(m -> m.namespace().equals("mine")));
    }

    /** A controller may have listed the namespace, or the owner, just before its deletion. */
    @Test
    void deletesObjectsCreatedAfterTheirOwnersDeletion() {
        cluster.create(
                ResourceType.CONFIG_MAP, "{'metadata': {'namespace': 'gone', 'name': 'late'}}");
        cluster.create(
                ResourceType.POD,
                """
                {'metadata': {'namespace': 'default', 'name': 'late', 'ownerReferences': [
                 {'apiVersion': 'apps/v1', 'kind': 'ReplicaSet', 'name': 'gone', 'uid': '1',
                  'controller': true}]}}
                """);
        cluster.eventually(
                () -> cluster.list(ResourceType.CONFIG_MAP),
                maps -> maps.stream().noneMatch(map -> map.name().equals("late")));
        cluster.eventually(cluster::pods, List::isEmpty);
    }

    @Test
    void deletesThePodsOfADeletedNode() {
        cluster.node("a");
        cluster.create(
                ResourceType.POD,
                "{'metadata': {'namespace': 'default', 'name': 'p'}, 'spec': {'nodeName': 'a'}}");
        cluster.store.delete(ResourceType.POD, "default", "p");
        assertThat(cluster.get(ResourceType.POD, "default", "p").terminating()).isTrue();
        cluster.store.delete(ResourceType.NODE, "", "a");
        cluster.eventually(cluster::pods, pods -> pods.isEmpty());
    }

    @Test
    void anInvalidObjectDoesNotAffectOthers() {
        cluster.node("a");
        cluster.create(
                ResourceType.DAEMON_SET,
                """
                {'metadata': {'namespace': 'default', 'name': 'a-broken'},
                 'spec': {'template': 'nonsense'}}
                """);
        cluster.create(
                ResourceType.DAEMON_SET,
                """
                {'metadata': {'namespace': 'default', 'name': 'good'},
                 'spec': {'template': {'spec': {'containers': []}}}}
                """);
        cluster.eventually(
                cluster::pods,
                pods -> pods.size() == 1 && pods.getFirst().name().startsWith("good-"));
    }
}
