package dev.cnilab.kube.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cnilab.kube.ResourceType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** fabric8's client, which the agents use, against the API. */
class Fabric8ClientTest {
    private TestApi api;
    private KubernetesClient client;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        api = new TestApi(directory);
        client =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(api.kubeconfig.text()))
                        .build();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        api.close();
    }

    @Test
    void informerReceivesNodeChanges() throws InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (SharedIndexInformer<io.fabric8.kubernetes.api.model.Node> informer =
                client.nodes().inform(new Recorder<>(seen))) {
            assertThat(next(seen)).isEqualTo("add node0");
            assertThat(next(seen)).isEqualTo("add node1");
            client.nodes().withName("node1").edit(Fabric8ClientTest::annotate);
            assertThat(next(seen)).isEqualTo("update node1");
            client.nodes().withName("node1").delete();
            assertThat(next(seen)).isEqualTo("delete node1");
            assertThat(informer.getStore().list()).hasSize(1);
        }
    }

    private static io.fabric8.kubernetes.api.model.Node annotate(
            io.fabric8.kubernetes.api.model.Node node) {
        node.getMetadata().setAnnotations(Map.of("flannel.alpha.coreos.com/public-ip", "1.2.3.4"));
        return node;
    }

    private static String next(BlockingQueue<String> seen) throws InterruptedException {
        String event = seen.poll(10, TimeUnit.SECONDS);
        return event == null ? "nothing within 10 s" : event;
    }

    private record Recorder<T extends HasMetadata>(BlockingQueue<String> seen)
            implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            seen.add("add " + object.getMetadata().getName());
        }

        @Override
        public void onUpdate(T before, T object) {
            seen.add("update " + object.getMetadata().getName());
        }

        @Override
        public void onDelete(T object, boolean unknownState) {
            seen.add("delete " + object.getMetadata().getName());
        }
    }

    @Test
    void watchWithSelectorAddsAndDeletesOnLabelChanges() throws InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Watcher<Pod> watcher =
                new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, Pod pod) {
                        seen.add(action + " " + pod.getMetadata().getName());
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        seen.add("closed");
                    }
                };
        try (var _ = client.pods().inNamespace("default").withLabel("role", "x").watch(watcher)) {
            label("x");
            assertThat(next(seen)).isEqualTo("ADDED demo");
            label("y");
            assertThat(next(seen)).isEqualTo("DELETED demo");
        }
    }

    private void label(String value) {
        String patch = "{\"metadata\":{\"labels\":{\"role\":\"" + value + "\"}}}";
        client.pods()
                .inNamespace("default")
                .withName("demo")
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    @Test
    void nodeStatusIsPatchedAsByFlannel() {
        String patch =
                """
                {"status":{"conditions":[{"type":"NetworkUnavailable","status":"False"}]}}\
                """;
        client.nodes()
                .withName("node0")
                .subresource("status")
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);

        assertThat(client.nodes().withName("node0").get().getStatus().getConditions())
                .extracting(condition -> condition.getType() + "=" + condition.getStatus())
                .containsExactly("Ready=True", "NetworkUnavailable=False");
    }

    @Test
    void staleReplaceConflicts() {
        ConfigMap first =
                client.configMaps().inNamespace("default").resource(map("a", "1")).create();
        client.configMaps().inNamespace("default").resource(map("a", "2")).update();
        first.setData(Map.of("k", "3"));

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> client.resource(first).lockResourceVersion().update())
                .extracting(KubernetesClientException::getCode)
                .isEqualTo(409);
    }

    private static ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withData(Map.of("k", value))
                .build();
    }

    @Test
    void serverSideApplyCreatesChangesAndRemoves() {
        String manifest =
                """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: demo, namespace: default}
                spec:
                  selector: {matchLabels: {app: demo}}
                  template:
                    metadata: {labels: {app: demo}}
                    spec:
                      containers:
                      - name: demo
                        image: demo:1
                        env: [{name: A, value: a}, {name: B, value: b}]
                """;
        DaemonSet first = applied(manifest);
        assertThat(first.getMetadata().getManagedFields()).hasSize(1);

        DaemonSet second = applied(manifest.replace("{name: A, value: a}, ", ""));
        var container = second.getSpec().getTemplate().getSpec().getContainers().getFirst();
        assertThat(container.getEnv()).extracting(e -> e.getName()).containsExactly("B");
        assertThat(container.getImagePullPolicy()).isEqualTo("IfNotPresent");
        assertThat(second.getMetadata().getGeneration()).isEqualTo(2);

        DaemonSet third = applied(manifest.replace("{name: A, value: a}, ", ""));
        assertThat(third.getMetadata().getResourceVersion())
                .isEqualTo(second.getMetadata().getResourceVersion());
    }

    private DaemonSet applied(String yaml) {
        return client.apps().daemonSets().load(stream(yaml)).serverSideApply();
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void deploymentIsScaled() {
        String manifest =
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: default}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: web, image: web:1}]}
                """;
        Deployment created = client.apps().deployments().load(stream(manifest)).create();
        assertThat(created.getSpec().getReplicas()).isEqualTo(1);

        client.apps()
                .deployments()
                .inNamespace("default")
                .withName("web")
                .subresource("scale")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"replicas\":3}}");

        assertThat(api.store.list(ResourceType.DEPLOYMENT).getFirst().at("/spec/replicas").asInt())
                .isEqualTo(3);
    }

    @Test
    void execReturnsStreamsAndExitCode() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch exec =
                client.pods()
                        .inNamespace("default")
                        .withName("demo")
                        .redirectingInput()
                        .writingOutput(out)
                        .writingError(err)
                        .exec("sh", "-c", "read line; echo \"got $line\"; echo bad >&2; exit 7")) {
            exec.getInput().write("hello\n".getBytes(StandardCharsets.UTF_8));
            exec.getInput().flush();
            assertThat(exec.exitCode().get(10, TimeUnit.SECONDS)).isEqualTo(7);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("got hello\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("bad\n");
    }

    @Test
    void logsAreReadAndFollowed() throws IOException {
        var pod = client.pods().inNamespace("default").withName("demo");
        assertThat(pod.getLog()).isEqualTo("one of demo\ntwo of demo\n");
        try (LogWatch log = pod.watchLog();
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(log.getOutput(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("line");
            assertThat(lines.readLine()).isEqualTo("line");
        }
    }

    @Test
    void selectorsFilterLists() {
        assertThat(client.nodes().withLabelIn("zone", "z1", "z2").list().getItems()).hasSize(1);
        assertThat(client.nodes().withLabelNotIn("zone", "z1").list().getItems()).hasSize(1);
        assertThat(client.nodes().withoutLabel("zone").list().getItems()).isEmpty();
        assertThat(
                        client.pods()
                                .inAnyNamespace()
                                .withField("spec.nodeName", "node1")
                                .list()
                                .getItems())
                .hasSize(1);
        assertThat(
                        client.pods()
                                .inAnyNamespace()
                                .withField("spec.nodeName", "node0")
                                .list()
                                .getItems())
                .isEmpty();
    }
}
