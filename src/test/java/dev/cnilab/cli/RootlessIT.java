package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.host.ExecResult;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user who is not root and has no capabilities. */
class RootlessIT {

    @TempDir private Path state;

    @TempDir private Path program;

    @Test
    void userCreatesALab() throws Exception {
        OrdinaryUser user = OrdinaryUser.create(program);
        Files.setAttribute(state, "unix:uid", OrdinaryUser.ID);
        try (Machine machine = Machine.start(state)) {
            assumeTrue(
                    user.run(machine, List.of(), List.of("unshare", "-Urm", "true")).ok(),
                    "this machine does not allow unprivileged user namespaces");
            user.tun(machine, "666");
            Snapshot before = Snapshot.of(machine);

            ExecResult doctor = user.lab(machine, List.of(), "doctor", "--provider", "embedded");
            assertThat(doctor.exitCode()).as(doctor.stdout()).isZero();
            assertThat(doctor.stdout()).contains("✓ privileges", "root of a user namespace");

            ExecResult up = user.lab(machine, List.of(), "up", "flannel-ipip", "--no-verify");
            assertThat(up.exitCode()).as(up.describe()).isZero();
            assertThat(up.stderr()).endsWith("lab flannel-ipip is up\n");
            assertThat(Snapshot.of(machine).namespaces())
                    .as("the machine's own names")
                    .isEqualTo(before.namespaces());

            ExecResult verify =
                    user.lab(
                            machine,
                            List.of(),
                            "verify",
                            "--step",
                            "pod-to-pod|capture-hops|node-port-from-pod");
            assertThat(verify.exitCode()).as(verify.describe()).isZero();
            assertThat(verify.stdout()).contains("3 passed, 0 failed");
            assertThat(user.lab(machine, List.of(), "up", "flannel-ipip", "--no-verify").stderr())
                    .endsWith("was up already; nothing was changed\n");
            assertThat(user.lab(machine, List.of(), "verify", "--step", "no-such-step").exitCode())
                    .as("the exit code comes through")
                    .isEqualTo(ExitCode.USAGE.number());

            assertThat(user.lab(machine, List.of(), "down", "flannel-ipip").exitCode()).isZero();
            before.assertSameOn(machine);
            assertThat(machine.run("find", state.toString(), "-mindepth", "1")).isEmpty();
        }
    }

    @Test
    void engineForRootOnlyIsReported() throws Exception {
        OrdinaryUser user = OrdinaryUser.create(program);
        Files.setAttribute(state, "unix:uid", OrdinaryUser.ID);
        Path socket = state.resolve("docker.sock");
        try (Machine machine = Machine.start(state);
                ServerSocketChannel engine =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));

            ExecResult up =
                    user.lab(
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
}
