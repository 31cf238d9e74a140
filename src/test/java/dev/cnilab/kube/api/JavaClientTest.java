package dev.cnilab.kube.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.reflect.TypeToken;
import io.kubernetes.client.Exec;
import io.kubernetes.client.PodLogs;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1DaemonSet;
import io.kubernetes.client.openapi.models.V1DaemonSetSpec;
import io.kubernetes.client.openapi.models.V1DeleteOptions;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1NodeList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official Java client, which validates each response against its generated types. */
class JavaClientTest {

    /**
     * Exit code that the client reports when the WebSocket closes before it has read the status (a
     * race in the client).
     */
    private static final int CLOSED_FIRST = -1975219;

    private static final String DAEMON_SET =
            """
            {"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "demo"},
             "spec": {"minReadySeconds": 5, "selector": {"matchLabels": {"app": "demo"}},
              "template": {"metadata": {"labels": {"app": "demo"}},
               "spec": {"containers": [{"name": "demo", "image": "demo:1"}]}}}}
            """;

    private TestApi api;
    private ApiClient client;
    private CoreV1Api core;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        api = new TestApi(directory);
        client = Config.fromConfig(new ByteArrayInputStream(api.kubeconfig.text().getBytes(UTF_8)));
        client.setReadTimeout(0);
        core = new CoreV1Api(client);
    }

    @AfterEach
    void close() throws IOException {
        client.getHttpClient().dispatcher().executorService().shutdown();
        client.getHttpClient().connectionPool().evictAll();
        api.close();
    }

    private static String name(KubernetesObject object) {
        return Objects.requireNonNull(object.getMetadata().getName());
    }

    private static V1ConfigMap map(String name, String value) {
        return new V1ConfigMap().metadata(new V1ObjectMeta().name(name)).data(Map.of("k", value));
    }

    @Test
    void objectsAreCreatedReplacedListedInPagesAndDeleted() throws ApiException {
        for (String name : List.of("a", "b", "c")) {
            core.createNamespacedConfigMap("default", map(name, "1")).execute();
        }
        V1ConfigMap first = core.readNamespacedConfigMap("a", "default").execute();
        core.replaceNamespacedConfigMap("a", "default", map("a", "2")).execute();
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> core.replaceNamespacedConfigMap("a", "default", first).execute())
                .extracting(ApiException::getCode)
                .isEqualTo(409);

        V1ConfigMapList page = core.listNamespacedConfigMap("default").limit(2).execute();
        String next = ((KubernetesListObject) page).getMetadata().getContinue();
        V1ConfigMapList rest =
                core.listNamespacedConfigMap("default").limit(2)._continue(next).execute();
        assertThat(page.getItems()).extracting(JavaClientTest::name).containsExactly("a", "b");
        assertThat(rest.getItems()).extracting(JavaClientTest::name).containsExactly("c");

        core.deleteNamespacedConfigMap("a", "default").body(new V1DeleteOptions()).execute();
        core.deleteCollectionNamespacedConfigMap("default").execute();
        assertThat(core.listNamespacedConfigMap("default").execute().getItems()).isEmpty();
    }

    @Test
    void patchesOfAllTypesAreApplied() throws ApiException {
        core.createNamespacedConfigMap("default", map("m", "1")).execute();

        patch(
                V1Patch.PATCH_FORMAT_JSON_PATCH,
                "[{\"op\":\"add\",\"path\":\"/data/a\",\"value\":\"1\"}]");
        patch(V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, "{\"data\":{\"b\":\"2\"}}");
        patch(V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH, "{\"data\":{\"k\":null}}");

        assertThat(core.readNamespacedConfigMap("m", "default").execute().getData())
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", "2"));
    }

    private void patch(String format, String body) throws ApiException {
        PatchUtils.patch(
                V1ConfigMap.class,
                () ->
                        core.patchNamespacedConfigMap("m", "default", new V1Patch(body))
                                .buildCall(null),
                format,
                client);
    }

    @Test
    void serverSideApplyCreatesRemovesAndConflicts() throws ApiException {
        assertThat(applied("one", DAEMON_SET).getMinReadySeconds()).isEqualTo(5);
        String without = DAEMON_SET.replace("\"minReadySeconds\": 5,", "");
        assertThat(applied("one", without).getMinReadySeconds()).isNull();
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> applied("two", DAEMON_SET.replace("demo:1", "demo:2")))
                .extracting(ApiException::getCode)
                .isEqualTo(409);
    }

    private V1DaemonSetSpec applied(String manager, String manifest) throws ApiException {
        AppsV1Api apps = new AppsV1Api(client);
        V1DaemonSet applied =
                PatchUtils.patch(
                        V1DaemonSet.class,
                        () ->
                                apps.patchNamespacedDaemonSet(
                                                "demo", "default", new V1Patch(manifest))
                                        .fieldManager(manager)
                                        .buildCall(null),
                        V1Patch.PATCH_FORMAT_APPLY_YAML,
                        client);
        return Objects.requireNonNull(applied.getSpec());
    }

    @Test
    void watchContinuesAList() throws Exception {
        KubernetesListObject list = core.listNamespacedPod("default").execute();
        String from = list.getMetadata().getResourceVersion();
        try (Watch<V1Pod> watch =
                Watch.createWatch(
                        client,
                        core.listNamespacedPod("default")
                                .resourceVersion(from)
                                .allowWatchBookmarks(true)
                                .watch(true)
                                .buildCall(null),
                        new TypeToken<Watch.Response<V1Pod>>() {}.getType())) {
            core.deleteNamespacedPod("demo", "default").gracePeriodSeconds(0).execute();

            Watch.Response<V1Pod> event = watch.next();
            assertThat(event.type + " " + name(event.object)).isEqualTo("DELETED demo");
        }
    }

    @Test
    void informerReceivesNodeChanges() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        SharedInformerFactory factory = new SharedInformerFactory(client);
        SharedIndexInformer<V1Node> nodes =
                factory.sharedIndexInformerFor(
                        parameters ->
                                core.listNode()
                                        .resourceVersion(parameters.resourceVersion)
                                        .timeoutSeconds(parameters.timeoutSeconds)
                                        .watch(parameters.watch)
                                        .buildCall(null),
                        V1Node.class,
                        V1NodeList.class);
        nodes.addEventHandler(new Recorder(seen));
        factory.startAllRegisteredInformers();
        try {
            assertThat(List.of(next(seen), next(seen)))
                    .containsExactlyInAnyOrder("add node0", "add node1");
            core.deleteNode("node1").execute();
            assertThat(next(seen)).isEqualTo("delete node1");
            assertThat(nodes.getIndexer().list()).hasSize(1);
        } finally {
            factory.stopAllRegisteredInformers();
        }
    }

    private static String next(BlockingQueue<String> seen) throws InterruptedException {
        String event = seen.poll(20, TimeUnit.SECONDS);
        return event == null ? "nothing within 20 s" : event;
    }

    private record Recorder(BlockingQueue<String> seen) implements ResourceEventHandler<V1Node> {
        @Override
        public void onAdd(V1Node node) {
            seen.add("add " + name(node));
        }

        @Override
        public void onUpdate(V1Node before, V1Node node) {
            seen.add("update " + name(node));
        }

        @Override
        public void onDelete(V1Node node, boolean unknownState) {
            seen.add("delete " + name(node));
        }
    }

    @Test
    void execReturnsStreamsAndExitCode() throws Exception {
        int code = CLOSED_FIRST;
        for (int i = 0; i < 5 && code == CLOSED_FIRST; i++) {
            code = exec();
        }
        assertThat(code).isEqualTo(7);
    }

    private int exec() throws Exception {
        String[] command = {"sh", "-c", "read line; echo \"got $line\"; echo bad >&2; exit 7"};
        Process exec = new Exec(client).exec("default", "demo", command, true);
        // The client returns them only while the command runs.
        InputStream out = exec.getInputStream();
        InputStream err = exec.getErrorStream();
        exec.getOutputStream().write("hello\n".getBytes(UTF_8));
        exec.getOutputStream().flush();
        assertThat(new String(out.readAllBytes(), UTF_8)).isEqualTo("got hello\n");
        assertThat(new String(err.readAllBytes(), UTF_8)).isEqualTo("bad\n");
        return exec.waitFor();
    }

    @Test
    void logsAreFollowed() throws Exception {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new PodLogs(client)
                                        .streamNamespacedPodLog("default", "demo", "demo"),
                                UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("line");
            assertThat(lines.readLine()).isEqualTo("line");
        }
    }
}
