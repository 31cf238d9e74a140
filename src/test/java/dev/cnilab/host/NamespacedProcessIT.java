package dev.cnilab.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.NamespacedProcess.Bind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespacedProcessIT {

    private static final NetNamespace HERE = NetNamespace.ofProcess(ProcessHandle.current().pid());

    @TempDir private Path directory;

    /** Targets that exist, whose last part is missing, and whose top-level directory is missing. */
    @ParameterizedTest
    @ValueSource(strings = {"/mnt", "/etc/t-lab/deep", "/t-lab-host/opt/cni"})
    void aBindIsVisibleAtItsTargetAndTheMachineIsUnchanged(String target) throws IOException {
        Files.writeString(directory.resolve("own"), "here");

        ExecResult result =
                run(List.of(new Bind(directory, Path.of(target))), "cat", target + "/own");

        assertThat(result.stdout()).as(result.describe()).isEqualTo("here");
        assertThat(Path.of(target, "own")).doesNotExist();
        assertThat(Path.of("/t-lab-host")).doesNotExist();
        assertThat(Path.of("/etc/t-lab")).doesNotExist();
    }

    @Test
    void createsSeveralMissingTargets() throws IOException {
        Files.writeString(directory.resolve("own"), "here");
        List<Bind> binds =
                List.of(
                        new Bind(directory, Path.of("/t-lab-host/a")),
                        new Bind(directory, Path.of("/t-lab-host/b")),
                        new Bind(directory, Path.of("/etc/t-lab")));

        ExecResult result =
                run(binds, "cat", "/t-lab-host/a/own", "/t-lab-host/b/own", "/etc/t-lab/own");

        assertThat(result.stdout()).as(result.describe()).isEqualTo("hereherehere");
    }

    @Test
    void writesBelowALayerReachTheSource() throws IOException {
        Path source = Files.createDirectory(directory.resolve("source"));
        Path target = directory.resolve("missing/deep");

        ExecResult result =
                run(List.of(new Bind(source, target)), "sh", "-c", "echo here >" + target + "/own");

        assertThat(source.resolve("own")).as(result.describe()).content().isEqualTo("here\n");
        assertThat(directory.resolve("missing")).doesNotExist();
    }

    @Test
    void bindsASourceThatAnEarlierTargetHides() throws IOException {
        Path hidden = Files.createTempDirectory(Path.of("/run"), "t-lab-");
        try {
            Files.writeString(hidden.resolve("own"), "here");
            List<Bind> binds =
                    List.of(
                            new Bind(directory, Path.of("/run")),
                            new Bind(hidden, Path.of("/mnt")));

            ExecResult result = run(binds, "cat", "/mnt/own");

            assertThat(result.stdout()).as(result.describe()).isEqualTo("here");
        } finally {
            Files.deleteIfExists(hidden.resolve("own"));
            Files.delete(hidden);
        }
    }

    @Test
    void theProcessHasItsOwnHostName() throws IOException {
        String before = Files.readString(Path.of("/proc/sys/kernel/hostname"));
        Process process =
                new NamespacedProcess(HERE, List.of(), "demo-x").start(Command.of("uname", "-n"));
        ExecResult result = Command.await(List.of("uname", "-n"), process, Duration.ofSeconds(10));
        assertThat(result.stdout()).isEqualTo("demo-x\n");
        assertThat(Files.readString(Path.of("/proc/sys/kernel/hostname"))).isEqualTo(before);
    }

    private static ExecResult run(List<Bind> binds, String... argv) throws IOException {
        Process process = new NamespacedProcess(HERE, binds).start(Command.of(argv));
        return Command.await(List.of(argv), process, Duration.ofSeconds(10));
    }
}
