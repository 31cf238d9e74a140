package dev.cnilab.cni.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Mounts;
import dev.cnilab.netlink.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FullDiskIT {

    @RegisterExtension private final Sandbox sandbox = new Sandbox();
    @TempDir Path directory;

    @AfterEach
    void unmount() throws IOException {
        Mounts.detach(directory.resolve("data"));
    }

    @Test
    void reportsAFullDiskAndRollsBack() throws Exception {
        TestNode node = new TestNode(sandbox, directory);
        Files.createDirectory(node.dataDir);
        Sandbox.run(
                node.namespace,
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=64k",
                "tmpfs",
                "" + node.dataDir);
        Path ballast = node.dataDir.resolve("ballast");
        fill(ballast);

        assertThat(node.fail("ADD", "c1", sandbox.namespace(), ""))
                .startsWith("5 ")
                .contains("No space left on device");
        assertThat(node.reserved()).isEmpty();
        assertThat(node.podLinks()).isEmpty();

        Files.delete(ballast);
        node.succeed("ADD", "c1", sandbox.namespace(), "");
        assertThat(node.reserved()).containsValue("c1");
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }
}
