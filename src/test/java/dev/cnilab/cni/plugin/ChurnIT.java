package dev.cnilab.cni.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Sandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many concurrent pods. */
class ChurnIT {

    private static final int PODS = 200;

    @RegisterExtension private final Sandbox sandbox = new Sandbox();
    @TempDir Path directory;

    @Test
    void concurrentAddsAndDelsNeitherLeakNorDuplicateAddresses() throws Exception {
        TestNode node = new TestNode(sandbox, directory);
        List<NetNamespace> pods = new ArrayList<>();
        for (int i = 0; i < PODS; i++) {
            pods.add(sandbox.namespace());
        }
        try (ExecutorService runtimes = Executors.newFixedThreadPool(32)) {
            List<Future<String>> added = new ArrayList<>();
            for (int i = 0; i < PODS; i++) {
                int pod = i;
                added.add(
                        runtimes.submit(() ->
                                TestNode.address(
                                        node.succeed("ADD", "c" + pod, pods.get(pod), ""))));
            }
            List<String> addresses = new ArrayList<>();
            for (Future<String> each : added) {
                addresses.add(each.get());
            }
            assertThat(addresses).hasSize(PODS).doesNotHaveDuplicates();
            assertThat(node.reserved()).hasSize(PODS);
            assertThat(node.podLinks()).hasSize(PODS);

            List<Future<?>> deleted = new ArrayList<>();
            for (int i = 0; i < PODS; i++) {
                int pod = i;
                deleted.add(
                        runtimes.submit(() -> node.succeed("DEL", "c" + pod, pods.get(pod), "")));
            }
            for (Future<?> each : deleted) {
                each.get();
            }
        }
        assertThat(node.reserved()).isEmpty();
        assertThat(node.podLinks()).isEmpty();
    }
}
