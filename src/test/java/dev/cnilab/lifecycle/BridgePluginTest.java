package dev.cnilab.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.host.Command;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.spec.CniSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgePluginTest {

    @TempDir Path temp;

    @Test
    void readsTheProgramAtThePath() throws IOException {
        Path plugin = temp.resolve("bridge");
        Files.writeString(
                Files.createFile(
                        plugin,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x"))),
                "program");

        assertThat(program(Optional.of(plugin))).asString().isEqualTo("program");
    }

    @Test
    void missingProgramIsReported() {
        assertThatThrownBy(() -> program(Optional.of(temp.resolve("none"))))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> {
                            assertThat(failure.id()).isEqualTo("no-bridge-plugin");
                            assertThat(failure.evidence()).endsWith("none does not exist");
                        });
    }

    @Test
    void extractsTheProgramFromTheRelease() throws IOException {
        Path files = Files.createDirectory(temp.resolve("files"));
        Files.writeString(files.resolve("bandwidth"), "x".repeat(700));
        Files.writeString(files.resolve("bridge"), "y".repeat(513));
        Path cache = Files.createDirectory(temp.resolve("cache"));
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        Path archive = cache.resolve("cni-plugins-linux-" + machine + "-v1.1.1.tgz");
        // Sorted, and with names that begin with ./, as in the release.
        Command.of("tar", "-czf", archive.toString(), "--sort=name", "-C", files.toString(), ".")
                .run(Duration.ofSeconds(20));

        assertThat(program(Optional.empty())).asString().isEqualTo("y".repeat(513));
    }

    @Test
    void nothingIsDownloadedWhenDisabled() {
        assertThatThrownBy(() -> program(Optional.empty()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.id()).isEqualTo("download-forbidden"));
    }

    private byte[] program(Optional<Path> bridge) throws IOException {
        var flannel =
                new CniSpec.Flannel(
                        Ipv4Prefix.parse("10.244.0.0/16"),
                        false,
                        true,
                        new CniSpec.ExternalInterface.DefaultRoute(),
                        "image",
                        "pluginImage",
                        bridge);
        var offline = new Downloads(temp.resolve("cache"), false, Optional.empty());
        return BridgePlugin.program(flannel, offline, line -> {});
    }
}
