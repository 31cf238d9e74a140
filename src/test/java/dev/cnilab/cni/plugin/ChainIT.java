package dev.cnilab.cni.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A chain in which one of CNI's reference plugins (containernetworking-plugins) comes next. */
class ChainIT {

    private static final Path TUNING = Path.of("/usr/lib/cni/tuning");

    @RegisterExtension private final Sandbox sandbox = new Sandbox();
    @TempDir Path directory;

    @Test
    void theNextPluginUnderstandsOurResultAndWeItsOwn() throws Exception {
        if (!Files.isExecutable(TUNING)) {
            System.err.println("skipped: " + TUNING + " is absent");
        }
        assumeTrue(Files.isExecutable(TUNING), TUNING + " is absent");
        TestNode node = new TestNode(sandbox, directory);
        NetNamespace pod = sandbox.namespace();
        // 1.0.0 is the newest that Debian's plugins speak; the later key is the one that counts.
        String version = ", \"cniVersion\": \"1.0.0\"";
        ObjectNode ours = node.succeed("ADD", "c1", pod, version);

        JsonNode theirs =
                tuning(
                        node,
                        pod,
                        """
                        {"cniVersion": "1.0.0", "name": "cbr0", "type": "tuning",
                         "sysctl": {"net.ipv4.conf.eth0.log_martians": "1"}, "prevResult": %s}
                        """
                                .formatted(ours));

        assertThat(theirs.path("ips")).isEqualTo(ours.path("ips"));
        assertThat(Sandbox.run(pod, "cat", "/proc/sys/net/ipv4/conf/eth0/log_martians"))
                .isEqualTo("1\n");
        node.succeed("CHECK", "c1", pod, version + ", \"prevResult\": " + theirs);
    }

    private static JsonNode tuning(TestNode node, NetNamespace pod, String config)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(TUNING.toString());
        builder.environment().putAll(TestNode.environment("ADD", "c1", pod));
        builder.environment().put("CNI_PATH", "/usr/lib/cni");
        Process process = node.namespace.call(builder::start);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(config.getBytes(StandardCharsets.UTF_8));
        }
        String stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(stdout).isZero();
        return new JsonMapper().readTree(stdout);
    }
}
