package dev.cnilab.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path folder;

    @Test
    void passesArgumentsUnchanged() throws IOException {
        ExecResult result = Command.of("printf", "%s|", "a b", "$(id)", "*", "").run(PATIENCE);

        assertThat(result.ok()).isTrue();
        assertThat(result.stdout()).isEqualTo("a b|$(id)|*||");
    }

    @Test
    void separatesStreamsAndReturnsTheExitCode() throws IOException {
        ExecResult result = Command.of("sh", "-c", "echo out; echo err >&2; exit 3").run(PATIENCE);

        assertThat(result.ok()).isFalse();
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
        assertThat(result.describe()).contains("exited 3", "err");
    }

    @Test
    void readsMoreOutputThanAPipeHolds() throws IOException {
        ExecResult result =
                Command.of("sh", "-c", "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2")
                        .run(PATIENCE);

        assertThat(result.stdout()).hasSize(300000);
        assertThat(result.stderr()).hasSize(300000);
    }

    @Test
    void killsTheProgramAfterTheTimeout() {
        long start = System.nanoTime();

        assertThatThrownBy(() -> Command.of("sleep", "60").run(Duration.ofMillis(200)))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("'sleep 60' did not exit within 200 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
    }

    @Test
    void namesAProgramThatDoesNotExist() {
        assertThatThrownBy(() -> Command.of("no-such-program").run(PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-program");
    }

    @Test
    void addsToTheEnvironmentOrReplacesIt() throws IOException {
        Command env = Command.of("/usr/bin/env");

        assertThat(env.withOnly(Map.of("ONLY", "this")).run(PATIENCE).stdout())
                .isEqualTo("ONLY=this\n");
        assertThat(env.withEnvironment(Map.of("MORE", "that")).run(PATIENCE).stdout())
                .contains("MORE=that\n", "PATH=");
    }

    @Test
    void searchesTheProgramInItsOwnPath() throws IOException {
        Path program = Files.writeString(folder.resolve("tool"), "#!/bin/sh\necho mine\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));

        assertThat(
                        Command.of("tool")
                                .withEnvironment(Map.of("PATH", "/nowhere:" + folder))
                                .run(PATIENCE)
                                .stdout())
                .isEqualTo("mine\n");
    }

    @Test
    void appendsBothStreamsToAFile() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), "before\n");

        Command.of("sh", "-c", "echo out; echo err >&2").withOutput(log).run(PATIENCE);

        assertThat(log).hasContent("before\nout\nerr\n");
    }
}
