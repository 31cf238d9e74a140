package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.kind.docker.EngineRelay;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Failures on a real engine: error message, remains and {@code lab status}. LAB_NODE_IMAGE is a
 * node image that the engine has.
 */
@Tag("real-kind")
class KindFailuresIT {

    private static final String[] UP = {
        "up", "flannel-ipip", "--name", "bad", "--nodes", "1", "--provider", "kind", "--no-verify"
    };
    private static final Duration END = Duration.ofMinutes(3);

    @TempDir private Path state;
    private final Path engine = Path.of(URI.create(System.getenv("DOCKER_HOST")).getPath());
    private String before = "";

    @BeforeEach
    void look() throws IOException {
        before = things();
    }

    /** By any recorded address of the engine. */
    @AfterEach
    void nothingStays() throws IOException {
        try (EngineRelay _ = EngineRelay.listen(relayed(), engine)) {
            run(Map.of(), "down", "bad");
        }
        assertThat(things()).isEqualTo(before);
    }

    @Test
    void downRemovesRemainsAfterAnEngineFailure() throws Exception {
        Map<String, String> environment = Map.of("DOCKER_HOST", "unix://" + relayed());
        ExecResult up;
        try (EngineRelay relay = EngineRelay.listen(relayed(), engine)) {
            Process program = start(List.of(), environment, UP);
            awaitNode();
            relay.close();
            up = Command.await(List.of(UP), program, END);
        }

        assertThat(up.exitCode()).as(up.describe()).isIn(3, 4);
        assertThat(up.stderr()).contains("error[docker-absent]", "rollback failed");
        assertThat(containers()).isNotEmpty();
        ExecResult status = run(environment, "status", "bad");
        assertThat(status.stderr())
                .contains("error[cluster-gone]", "create-cluster was begun", "lab down bad");

        try (EngineRelay _ = EngineRelay.listen(relayed(), engine)) {
            ExecResult down = run(environment, "down", "bad");
            assertThat(down.exitCode()).as(down.describe()).isZero();
        }
        assertThat(containers()).isEmpty();
    }

    /** A terminal sends SIGINT to its whole foreground process group. */
    @Test
    void ctrlCWhileKindRunsRollsBack() throws Exception {
        // The tests' parent may ignore SIGINT, as background jobs of a shell do; this is inherited.
        List<String> hearing = List.of("env", "--default-signal=INT", "setsid");
        Process program = start(hearing, Map.of(), UP);
        awaitNode();
        Command.of("kill", "-INT", "--", "-" + program.pid()).run(END);

        ExecResult up = Command.await(List.of(UP), program, END);
        assertThat(up.exitCode()).as(up.describe()).isEqualTo(130);
        assertThat(up.stderr()).contains("error[interrupted]", "Create cluster");
        assertThat(things()).isEqualTo(before);
        assertThat(run(Map.of(), "status", "bad").stderr()).contains("error[no-such-lab]");
    }

    @Test
    void downRemovesRemainsOfAKilledUp() throws Exception {
        Process program = start(List.of(), Map.of(), UP);
        awaitNode();
        program.destroyForcibly().waitFor();

        ExecResult status = run(Map.of(), "status", "bad");
        assertThat(status.stderr())
                .contains(
                        "error[cluster-gone]",
                        "create-cluster was begun",
                        "lab up flannel-ipip --name bad");
        ExecResult down = run(Map.of(), "down", "bad");
        assertThat(down.exitCode()).as(down.describe()).isZero();
        assertThat(things()).isEqualTo(before);
    }

    @Test
    void doctorRefusesTheKindThatUpRefuses() throws Exception {
        Path old = Files.writeString(state.resolve("kind"), "#!/bin/sh\necho kind v0.19.0\n");
        assertThat(old.toFile().setExecutable(true)).isTrue();
        for (Map.Entry<String, String> each :
                Map.of(old.toString(), "kind-too-old", "/none", "kind-missing").entrySet()) {
            Map<String, String> environment = Map.of("LAB_KIND", each.getKey());
            ExecResult up = run(environment, UP);
            assertThat(up.exitCode()).as(up.describe()).isEqualTo(3);
            assertThat(up.stderr()).contains("error[" + each.getValue() + "]", "Check the machine");
            ExecResult doctor = run(environment, "doctor", "--provider", "kind");
            assertThat(doctor.exitCode()).as(doctor.describe()).isEqualTo(3);
            assertThat(doctor.stdout()).contains("provider kind can't run: " + each.getValue());
        }
    }

    @Test
    void missingNodeImageLeavesNothing() throws Exception {
        Map<String, String> nowhere = Map.of("LAB_NODE_IMAGE", "127.0.0.1:1/nobody/node:v1");
        ExecResult up = Command.await(List.of(UP), start(List.of(), nowhere, UP), END);

        assertThat(up.exitCode()).as(up.describe()).isEqualTo(4);
        assertThat(up.stderr()).contains("error[image-not-found]", "--node-image");
        assertThat(things()).isEqualTo(before);
        assertThat(run(Map.of(), "status", "bad").stderr()).contains("error[no-such-lab]");
    }

    @Test
    void fullDiskDuringImageLoadLeavesNothing() throws Exception {
        Path cache = state.resolve("cache");
        List<String> full =
                List.of(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mkdir \"$0\" && mount -t tmpfs -o size=32m tmpfs \"$0\" && exec \"$@\"",
                        cache.toString());
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString());
        ExecResult up = Command.await(List.of(UP), start(full, environment, UP), END);

        assertThat(up.exitCode()).as(up.describe()).isEqualTo(4);
        assertThat(up.stderr()).contains("No space left on device");
        assertThat(things()).isEqualTo(before);
    }

    /**
     * kind creates the whole cluster before it writes the kubeconfig, which fails. The journal,
     * which is written meanwhile, is a writable mount.
     */
    @Test
    void unwritableKubeconfigLeavesNoNode() throws Exception {
        Path folder = state.resolve("lab/labs/bad");
        Process program = start(List.of("unshare", "--mount"), Map.of(), UP);
        awaitNode();
        ExecResult readOnly =
                Command.of(
                                "nsenter",
                                "--mount",
                                "--target",
                                Long.toString(program.pid()),
                                "sh",
                                "-c",
                                "mount --bind \"$0\" \"$0\" && mount --bind \"$1\" \"$1\""
                                        + " && mount -o remount,bind,ro \"$0\"",
                                folder.toString(),
                                folder.resolve("journal.jsonl").toString())
                        .run(END);
        assertThat(readOnly.ok()).as(readOnly.describe()).isTrue();

        ExecResult up = Command.await(List.of(UP), program, END);
        assertThat(up.exitCode()).as(up.describe()).isEqualTo(4);
        assertThat(up.stderr())
                .contains("error[kubeconfig-unwritable]", folder + "/kubeconfig.lock");
        assertThat(containers()).isEmpty();
        assertThat(run(Map.of(), "status", "bad").stderr())
                .contains("error[cluster-gone]", "nothing of it was created", "lab down bad");
    }

    private Path relayed() {
        return state.resolve("engine.sock");
    }

    /** Waits until kind has started a node. */
    private static void awaitNode() throws Exception {
        long deadline = System.nanoTime() + END.toNanos();
        while (containers().isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("kind started no node");
            }
            Thread.sleep(50);
        }
    }

    private ExecResult run(Map<String, String> environment, String... args) throws IOException {
        return Command.await(List.of(args), start(List.of(), environment, args), END);
    }

    /** Starts the installed program, whose image exists already. */
    private Process start(List<String> wrapper, Map<String, String> changes, String... args)
            throws IOException {
        List<String> argv = new ArrayList<>(wrapper);
        argv.add(Path.of("lab").toAbsolutePath().toString());
        argv.addAll(List.of(args));
        Map<String, String> environment = new HashMap<>(changes);
        environment.put("XDG_STATE_HOME", state.toString());
        return Command.of(argv).withEnvironment(environment).start();
    }

    private static String containers() throws IOException {
        return docker("ps", "-aq", "--filter", "label=io.x-k8s.kind.cluster=bad");
    }

    /** The engine's containers, networks, volumes and images, and the labs. */
    private String things() throws IOException {
        String all =
                docker("ps", "-a", "--format", "container {{.Names}}")
                        + docker("network", "ls", "--format", "network {{.Name}}")
                        + docker("volume", "ls", "--format", "volume {{.Name}}")
                        + docker("image", "ls", "--format", "image {{.Repository}}:{{.Tag}}")
                        + Command.of("sysctl", "fs.inotify").run(END).stdout()
                        + run(Map.of(), "list").stdout();
        return all.lines().sorted().collect(Collectors.joining("\n"));
    }

    private static String docker(String... arguments) throws IOException {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(arguments));
        ExecResult result = Command.of(argv).run(END);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
        return result.stdout();
    }
}
