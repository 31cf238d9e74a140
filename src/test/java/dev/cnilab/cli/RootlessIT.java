package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.host.ExecResult;
import dev.cnilab.image.ProgramImage;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user who is not root and has no capabilities. */
class RootlessIT {

    private static final String WAITING = ".status.containerStatuses[0].state.waiting";

    @TempDir private Path state;

    @TempDir private Path program;

    @Test
    @Needs(Peer.KUBECTL)
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

            refuses(user, machine, "runAsUser: 1000", "user 1000 does not exist in lab's user");
            refuses(user, machine, "runAsGroup: 3000", "group 3000 does not exist in lab's user");
            refuses(
                    user,
                    machine,
                    "supplementalGroups: [4000]",
                    "lab's user namespace does not allow supplementary groups");

            assertThat(user.lab(machine, List.of(), "down", "flannel-ipip").exitCode()).isZero();
            before.assertSameOn(machine);
            assertThat(machine.run("find", state.toString(), "-mindepth", "1")).isEmpty();
        }
    }

    /** The namespace has one user and one group, and may not choose others. */
    private void refuses(OrdinaryUser user, Machine machine, String security, String why)
            throws Exception {
        String pod =
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: refused, namespace: default}
                spec:
                  securityContext: {%s}
                  containers: [{name: main, image: %s, command: [sleep, '600']}]
                """
                        .formatted(security, ProgramImage.REPOSITORY);
        Path manifest = Files.writeString(state.resolve("pod.yaml"), pod);
        kubectl(user, machine, "apply", "-f", manifest.toString());
        kubectl(
                user,
                machine,
                "wait",
                "--timeout=60s",
                "--for=jsonpath={" + WAITING + ".reason}=CreateContainerConfigError",
                "pod/refused");
        assertThat(
                        kubectl(
                                user,
                                machine,
                                "get",
                                "pod",
                                "refused",
                                "-o",
                                "jsonpath={" + WAITING + ".message}"))
                .contains(why);
        kubectl(user, machine, "delete", "pod", "refused");
        Files.delete(manifest);
    }

    private String kubectl(OrdinaryUser user, Machine machine, String... words) throws Exception {
        List<String> argv = new ArrayList<>(List.of(Peer.KUBECTL.path().toString()));
        argv.addAll(
                List.of(
                        "--kubeconfig",
                        machine.folder("flannel-ipip").resolve("kubeconfig").toString()));
        argv.addAll(List.of(words));
        ExecResult result = user.run(machine, List.of(), argv);
        assertThat(result.ok()).as(result.describe()).isTrue();
        return result.stdout();
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
