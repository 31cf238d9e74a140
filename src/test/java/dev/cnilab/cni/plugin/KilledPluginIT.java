package dev.cnilab.cni.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at any moment of an ADD. */
class KilledPluginIT {

    private static final int ROUNDS = 25;

    @RegisterExtension private final Sandbox sandbox = new Sandbox();
    @TempDir Path directory;

    @Test
    void neitherDuplicatesNorLeaksAddresses() throws Exception {
        TestNode node = new TestNode(sandbox, directory);
        Random random = new Random(9);
        long whole = millisOfAnAdd(node);
        Set<String> given = new HashSet<>();
        List<NetNamespace> pods = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            NetNamespace pod = sandbox.namespace();
            pods.add(pod);
            Process victim = start(node, "killed" + round, pod);
            victim.waitFor(whole / 4 + random.nextLong(whole), TimeUnit.MILLISECONDS);
            victim.destroyForcibly().waitFor();

            // The next ADD finds a valid store and gets another address.
            String survivor = "lives" + round;
            given.add(TestNode.address(node.succeed("ADD", survivor, sandbox.namespace(), "")));
            assertThat(given).hasSize(round + 1);
            assertThat(node.reserved()).containsValue(survivor);
        }

        // A runtime does this after an ADD whose result it does not know.
        for (int round = 0; round < ROUNDS; round++) {
            node.succeed("DEL", "killed" + round, pods.get(round), "");
        }
        assertThat(node.reserved()).hasSize(ROUNDS);
        assertThat(node.podLinks()).hasSize(ROUNDS);

        node.succeed("GC", "", pods.getFirst(), ", \"cni.dev/valid-attachments\": []");
        assertThat(node.reserved()).isEmpty();
        assertThat(node.podLinks()).isEmpty();
    }

    private long millisOfAnAdd(TestNode node) throws Exception {
        NetNamespace pod = sandbox.namespace();
        long start = System.nanoTime();
        assertThat(start(node, "first", pod).waitFor()).isZero();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        node.succeed("DEL", "first", pod, "");
        return millis;
    }

    private static Process start(TestNode node, String container, NetNamespace pod)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                PluginMain.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(TestNode.environment("ADD", container, pod));
        Process process = node.namespace.call(builder::start);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(node.config(""));
        }
        return process;
    }
}
