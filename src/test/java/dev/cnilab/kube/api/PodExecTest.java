package dev.cnilab.kube.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.cluster.CommandOutput;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.host.ExecResult;
import dev.cnilab.kube.tls.Kubeconfig;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** lab's exec in pods against the API. */
class PodExecTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir Path directory;
    private TestApi api;
    private Relay relay;
    private KubernetesCluster cluster;

    @BeforeEach
    void open() throws IOException {
        api = new TestApi(directory);
        relay = new Relay(api.port);
        cluster =
                new KubernetesCluster(
                        new Kubeconfig(
                                        "test",
                                        URI.create("https://127.0.0.1:" + relay.port()),
                                        api.pki.authorityPem(),
                                        TestApi.TOKEN)
                                .text());
    }

    @AfterEach
    void close() throws IOException {
        cluster.close();
        relay.close();
        api.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionThatIsDroppedIsSaid(boolean reset) throws IOException {
        try (RunningCommand command =
                start(Optional.empty(), "sh", "-c", "echo started; exec sleep 60")) {
            assertThat(firstLine(command)).isEqualTo("started");
            relay.cut(reset);

            assertThatThrownBy(() -> command.waitFor(LONG))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "the exec of 'sh -c echo started; exec sleep 60' in pod default/demo"
                                    + " failed: ")
                    .hasMessageFindingMatch("without an exit status|was lost");
        }
    }

    @Test
    void streamsAndExitCodePassThrough() throws IOException {
        ExecResult result = run(Optional.empty(), "sh", "-c", "echo out; echo err >&2; exit 3");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
    }

    @Test
    void inputThatIsNotGivenHasEnded() throws IOException {
        assertThat(run(Optional.empty(), "cat").exitCode()).isZero();
    }

    @Test
    void inputArrivesByteByByteAndEnds() throws IOException {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        try (RunningCommand command = start(Optional.of(new ByteArrayInputStream(bytes)), "cat")) {
            assertThat(command.stdout().readAllBytes()).isEqualTo(bytes);
            assertThat(command.waitFor(LONG)).hasValue(0);
        }
    }

    @Test
    void aProgramThatIsNotThereIsSaidAsAShellSaysIt() throws IOException {
        Path file = Files.writeString(directory.resolve("text"), "");

        ExecResult missing = run(Optional.empty(), "nosuch");
        ExecResult denied = run(Optional.empty(), file.toString());

        assertThat(missing.exitCode()).isEqualTo(127);
        assertThat(missing.stderr()).isEqualTo("nosuch: not found\n");
        assertThat(denied.exitCode()).isEqualTo(126);
        assertThat(denied.stderr()).isEqualTo(file + ": permission denied\n");
    }

    /** A reader that takes its time bounds what is kept in memory, and loses nothing. */
    @Test
    void outputWaitsForItsReader() throws IOException {
        try (RunningCommand command =
                start(Optional.empty(), "head", "-c", "20000000", "/dev/zero")) {
            long length = 0;
            byte[] buffer = new byte[1 << 16];
            InputStream stdout = command.stdout();
            for (int count = stdout.read(buffer); count >= 0; count = stdout.read(buffer)) {
                length += count;
            }
            assertThat(length).isEqualTo(20_000_000);
            assertThat(command.waitFor(LONG)).hasValue(0);
        }
    }

    private ExecResult run(Optional<InputStream> stdin, String... argv) throws IOException {
        return CommandOutput.of(start(stdin, argv), List.of(argv), LONG);
    }

    private RunningCommand start(Optional<InputStream> stdin, String... argv) throws IOException {
        return cluster.exec("default", "demo", List.of(argv), stdin);
    }

    private static String firstLine(RunningCommand command) throws IOException {
        return new BufferedReader(new InputStreamReader(command.stdout(), StandardCharsets.UTF_8))
                .readLine();
    }
}
