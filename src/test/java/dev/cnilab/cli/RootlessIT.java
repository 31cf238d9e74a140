package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.File;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user who is not root and has no capabilities. */
class RootlessIT {

    private static final int USER = 65534;
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private static final List<String> AS_USER =
            List.of(
                    "setpriv",
                    "--reuid=" + USER,
                    "--regid=" + USER,
                    "--clear-groups",
                    "--bounding-set=-all",
                    "--inh-caps=-all");

    @TempDir private Path state;

    /** A copy of the program that the user can read, since home directories are often private. */
    @TempDir private Path program;

    @Test
    void userCreatesALab() throws Exception {
        copyProgram();
        Files.setAttribute(state, "unix:uid", USER);
        try (Machine machine = Machine.start(state)) {
            assumeTrue(
                    asUser(machine, List.of("unshare", "-Urm", "true")).ok(),
                    "this machine does not allow unprivileged user namespaces");
            letUsersOpenTun(machine);
            Snapshot before = Snapshot.of(machine);

            ExecResult up = lab(machine, "up", "flannel-ipip", "--no-verify");
            assertThat(up.exitCode()).as(up.describe()).isZero();
            assertThat(up.stderr()).endsWith("lab flannel-ipip is up\n");
            assertThat(Snapshot.of(machine).namespaces())
                    .as("the machine's own names")
                    .isEqualTo(before.namespaces());

            ExecResult verify =
                    lab(machine, "verify", "--step", "pod-to-pod|capture-hops|node-port-from-pod");
            assertThat(verify.exitCode()).as(verify.describe()).isZero();
            assertThat(verify.stdout()).contains("3 passed, 0 failed");
            assertThat(lab(machine, "up", "flannel-ipip", "--no-verify").stderr())
                    .endsWith("was up already; nothing was changed\n");
            assertThat(lab(machine, "verify", "--step", "no-such-step").exitCode())
                    .as("the exit code comes through")
                    .isEqualTo(ExitCode.NO_STEPS.number());

            assertThat(lab(machine, "down", "flannel-ipip").exitCode()).isZero();
            before.assertSameOn(machine);
            assertThat(machine.run("find", state.toString(), "-mindepth", "1")).isEmpty();
        }
    }

    @Test
    void engineForRootOnlyIsReported() throws Exception {
        copyProgram();
        Files.setAttribute(state, "unix:uid", USER);
        Path socket = state.resolve("docker.sock");
        try (Machine machine = Machine.start(state);
                ServerSocketChannel engine =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));

            ExecResult up =
                    lab(
                            machine,
                            List.of("env", "DOCKER_HOST=unix://" + socket),
                            "up",
                            "flannel-ipip",
                            "--provider",
                            "kind");

            assertThat(up.exitCode()).isEqualTo(ExitCode.PREFLIGHT.number());
            assertThat(up.stderr()).contains("this user may not use Docker", "usermod -aG docker");
        }
    }

    /** /dev/net/tun may be accessible to root only, which a user namespace cannot change. */
    private void letUsersOpenTun(Machine machine) throws Exception {
        String tun = program.resolve("tun").toString();
        machine.run("mknod", "--mode=666", tun, "c", "10", "200");
        machine.run("mount", "--bind", tun, "/dev/net/tun");
    }

    private void copyProgram() throws Exception {
        List<String> copy = new ArrayList<>(List.of("cp", "-r", "--parents"));
        copy.addAll(classPath());
        copy.add(program.toString());
        assertThat(Command.of(copy).run(LIMIT).exitCode()).isZero();
        assertThat(Command.of("chmod", "-R", "a+rX", program.toString()).run(LIMIT).ok()).isTrue();
    }

    private static List<String> classPath() {
        String path =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(path.split(File.pathSeparator)).stream()
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .filter(entry -> Files.exists(Path.of(entry)))
                .toList();
    }

    private ExecResult lab(Machine machine, String... args) throws Exception {
        return lab(machine, List.of(), args);
    }

    private ExecResult lab(Machine machine, List<String> wrapper, String... args) throws Exception {
        List<String> argv = new ArrayList<>(wrapper);
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.add("-XX:+UseSerialGC");
        argv.add("-XX:TieredStopAtLevel=1");
        argv.add("--enable-native-access=ALL-UNNAMED");
        argv.add("-cp");
        argv.add(String.join(":", classPath().stream().map(entry -> program + entry).toList()));
        argv.add(Main.class.getName());
        argv.addAll(List.of(args));
        return asUser(machine, argv);
    }

    private static ExecResult asUser(Machine machine, List<String> command) throws Exception {
        List<String> argv = new ArrayList<>(AS_USER);
        argv.addAll(command);
        return Command.await(argv, machine.startProgram(argv), LIMIT);
    }
}
