package dev.cnilab.kube.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 1,000 nodes and 5,000 pods. */
class ScaleTest {
    private static final int NODES = 1000;
    private static final int PODS = 5000;
    private static final long MOST_MEMORY = 256L << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String POD =
            """
            metadata:
              name: p%1$d
              namespace: default
              labels: {app: demo, pod-template-generation: '1'}
              ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: demo, uid: x, controller: true}]
            spec:
              nodeName: n%2$d
              containers:
              - name: demo
                image: localhost/cnilab/lab:dev
                command: [demo, --port, '80']
                env: [{name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
                ports: [{containerPort: 80, protocol: TCP}]
            status:
              phase: Running
              podIP: 10.1.0.5
              conditions:
              - {type: Ready, status: 'True'}
              - {type: PodScheduled, status: 'True'}
              containerStatuses: [{name: demo, image: demo, imageID: '', ready: true, restartCount: 0, state: {running: {}}}]
            """;

    @TempDir private Path directory;
    private TestApi api;
    private long before;

    @BeforeEach
    void fill() throws IOException {
        api = new TestApi(directory);
        before = used();
        for (int i = 0; i < NODES; i++) {
            api.create(ResourceType.NODE, node(i));
        }
        for (int i = 0; i < PODS; i++) {
            api.create(ResourceType.POD, POD.formatted(i, i % NODES));
        }
    }

    private static String node(int number) {
        return """
        metadata:
          name: n%1$d
          labels: {kubernetes.io/hostname: n%1$d, kubernetes.io/os: linux}
          annotations: {flannel.alpha.coreos.com/backend-type: ipip, flannel.alpha.coreos.com/public-ip: 198.18.0.1}
        spec: {podCIDR: 10.1.0.0/24, podCIDRs: [10.1.0.0/24]}
        status:
          addresses: [{type: InternalIP, address: 198.18.0.1}, {type: Hostname, address: n%1$d}]
          conditions:
          - {type: Ready, status: 'True', reason: KubeletReady, message: kubelet is posting ready status}
          - {type: MemoryPressure, status: 'False', reason: KubeletHasSufficientMemory}
        """
                .formatted(number);
    }

    @AfterEach
    void close() throws IOException {
        api.close();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void objectsUseAFewMegabytes() {
        assertThat(used() - before).isLessThan(MOST_MEMORY);
        assertThat(api.store.list(ResourceType.POD)).hasSize(PODS + 1);
    }

    /** Pods deleted and created between two pages do not appear in the later page. */
    @Test
    void allPagesAreOfOneRevision() throws Exception {
        ApiCaller caller = new ApiCaller(api.port, TestApi.TOKEN);
        List<String> names = new ArrayList<>();
        Set<String> versions = new HashSet<>();
        String next = "";
        do {
            JsonNode page =
                    caller.call(ApiCaller.Call.get("/api/v1/pods?limit=500&continue=" + next))
                            .body();
            page.path("items").forEach(pod -> names.add(pod.at("/metadata/name").asText()));
            versions.add(page.at("/metadata/resourceVersion").asText());
            next = page.at("/metadata/continue").asText("");
            api.store.remove(ResourceType.POD, "default", "p" + names.size());
            api.create(ResourceType.POD, POD.formatted(PODS + names.size(), 0));
        } while (!next.isEmpty());

        assertThat(names).hasSize(PODS + 1).doesNotHaveDuplicates().doesNotContain("p5500");
        assertThat(versions).hasSize(1);
    }

    @Test
    void watchDeliversAllObjectsThenEachChange() throws Exception {
        try (RawClient watcher = new RawClient(api.port)) {
            watcher.get("/api/v1/pods?watch=true&sendInitialEvents=true&allowWatchBookmarks=true");
            Set<String> seen = new HashSet<>();
            JsonNode event = next(watcher);
            while (event.path("type").asText().equals("ADDED")) {
                seen.add(event.at("/object/metadata/name").asText());
                event = next(watcher);
            }
            assertThat(event.path("type").asText()).isEqualTo("BOOKMARK");
            assertThat(seen).hasSize(PODS + 1);

            for (int i = 0; i < PODS; i++) {
                api.store.updateStatus(ResourceType.POD, "default", "p" + i, ScaleTest::failed);
            }
            Set<String> changed = new HashSet<>();
            while (changed.size() < PODS) {
                event = next(watcher);
                assertThat(event.path("type").asText()).isEqualTo("MODIFIED");
                changed.add(event.at("/object/metadata/name").asText());
            }
            assertThat(changed).contains("p0", "p4999");
        }
    }

    private static ObjectNode failed(ObjectNode pod) {
        ((ObjectNode) pod.path("status")).put("phase", "Failed");
        return pod;
    }

    private static JsonNode next(RawClient watcher) throws IOException {
        return JSON.readTree(watcher.until("{\"type\""));
    }
}
