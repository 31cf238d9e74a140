package dev.cnilab.cni.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.Sysctl;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A chain with one of CNI's reference plugins (containernetworking-plugins) after this one. */
class ChainIT {

    @RegisterExtension private final Sandbox sandbox = new Sandbox();
    @TempDir Path directory;

    @Test
    @Needs(Peer.CNI_PLUGINS)
    void exchangesResultsWithTheNextPlugin() throws Exception {
        TestNode node = new TestNode(sandbox, directory);
        NetNamespace pod = sandbox.namespace();
        // Debian's plugins support 1.0.0 at most; of duplicate keys the later one counts.
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
        assertThat(pod.call(new Sysctl("net.ipv4.conf.eth0.log_martians")::read)).isEqualTo("1");
        node.succeed("CHECK", "c1", pod, version + ", \"prevResult\": " + theirs);
    }

    private static JsonNode tuning(TestNode node, NetNamespace pod, String config)
            throws IOException, InterruptedException {
        Path tuning = Peer.CNI_PLUGINS.path("tuning");
        ProcessBuilder builder = new ProcessBuilder(tuning.toString());
        builder.environment().putAll(TestNode.environment("ADD", "c1", pod));
        builder.environment().put("CNI_PATH", String.valueOf(tuning.getParent()));
        Process process = node.namespace.call(builder::start);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(config.getBytes(StandardCharsets.UTF_8));
        }
        String stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(stdout).isZero();
        return new JsonMapper().readTree(stdout);
    }
}
