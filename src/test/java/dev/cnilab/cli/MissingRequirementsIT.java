package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.kind.docker.EngineSocket;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.netlink.LinkData;
import dev.cnilab.netlink.NetlinkException;
import dev.cnilab.netlink.NewLink;
import dev.cnilab.netlink.Scene;
import dev.cnilab.testbed.TypedFix;
import dev.cnilab.testbed.TypesRemedyOf;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that lack a requirement: {@code up} reports it and leaves nothing behind. */
class MissingRequirementsIT {

    private static final Duration END = Duration.ofSeconds(60);
    private static final String[] UP = {"up", "flannel-ipip", "--name", "poor", "--no-verify"};

    @TempDir private Path state;
    private Machine machine;

    @BeforeEach
    void start() throws Exception {
        machine = Machine.start(state);
    }

    @AfterEach
    void end() throws Exception {
        machine.close();
    }

    @Test
    void diskTooSmall() throws Exception {
        machine.run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", state.toString());
        leavesNothing("error[disk]", "MiB free for " + state, "XDG_STATE_HOME");
    }

    @Test
    void diskFull() throws Exception {
        machine.run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", state.toString());
        machine.run("dd", "if=/dev/zero", "of=" + state + "/full", "bs=4k", "count=15");
        Snapshot before = Snapshot.of(machine);
        ExecResult up = machine.lab(UP);
        assertThat(up.exitCode()).as(up.describe()).isNotZero();
        assertThat(up.stderr()).contains("No space left on device");
        before.assertSameOn(machine);
        assertThat(machine.run("ls", "-A", state.toString())).isEqualTo("full\n");
    }

    @Test
    void neitherTunNorIpipDriver() throws Exception {
        machine.run("mount", "--bind", "/dev/null", "/dev/net/tun");
        assumeFalse(hasIpipDriver(), "this kernel has the ipip driver");
        leavesNothing("error[tun]", "/dev/net/tun", "modprobe");
    }

    @Test
    void noPrivileges() throws Exception {
        Snapshot before = Snapshot.of(machine);
        Process up =
                machine.start(
                        List.of("setpriv", "--bounding-set", "-all", "--inh-caps", "-all"), UP);
        ExecResult result = Command.await(List.of(UP), up, END);
        assertThat(result.exitCode()).as(result.describe()).isEqualTo(3);
        assertThat(result.stderr()).contains("error[privileges]", "hint: ");
        before.assertSameOn(machine);
    }

    @Test
    void noDockerEngineForKind() throws Exception {
        Snapshot before = Snapshot.of(machine);
        ExecResult up = onKind(List.of(), state.resolve("none.sock"));
        assertThat(up.exitCode()).as(up.describe()).isEqualTo(3);
        assertThat(up.stderr())
                .contains(
                        "error[docker]", "no Docker engine is reachable", "systemctl start docker");
        before.assertSameOn(machine);
    }

    /** Root without CAP_DAC_OVERRIDE is subject to the socket's permissions. */
    @Test
    @TypesRemedyOf("kind.docker.DockerEngine.requireReachable")
    void noPermissionForDockersSocket() throws Exception {
        Path socket = state.resolve("docker.sock");
        try (EngineSocket _ = EngineSocket.listen(socket, Map.of())) {
            machine.run("chown", "65534:65534", socket.toString());
            machine.run("chmod", "600", socket.toString());
            Snapshot before = Snapshot.of(machine);
            String rights = "-dac_override,-dac_read_search";
            ExecResult up =
                    onKind(
                            List.of("setpriv", "--bounding-set", rights, "--inh-caps", rights),
                            socket);
            assertThat(up.exitCode()).as(up.describe()).isEqualTo(3);
            assertThat(up.stderr()).contains("error[docker]", "this user may not use Docker");
            before.assertSameOn(machine);

            machine.run("sh", "-c", "cp -a /etc /tmp/etc && mount --bind /tmp/etc /etc");
            machine.run("groupadd", "--force", "docker");
            TypedFix.in(machine::startProgram).type(TypedFix.of(up.stderr()));
            assertThat(machine.run("id", "--name", "--groups", "root")).contains("docker");
        }
    }

    private ExecResult onKind(List<String> wrapper, Path socket) throws Exception {
        List<String> words = new ArrayList<>(List.of("env", "DOCKER_HOST=unix://" + socket));
        words.addAll(wrapper);
        String[] up = {"up", "flannel-ipip", "--name", "poor", "--provider", "kind"};
        return Command.await(List.of(up), machine.start(words, up), END);
    }

    private boolean hasIpipDriver() throws Exception {
        LinkData.IpIp any = new LinkData.IpIp(Ipv4Address.ANY, Ipv4Address.ANY, 0, 0, true);
        try {
            Scene.in(machine.network()).link(NewLink.ipip("trial", any)).delete("trial");
            return true;
        } catch (NetlinkException e) {
            return false;
        }
    }

    private void leavesNothing(String... said) throws Exception {
        Snapshot before = Snapshot.of(machine);
        ExecResult up = machine.lab(UP);
        assertThat(up.exitCode()).as(up.describe()).isEqualTo(3);
        assertThat(up.stderr()).contains(said).doesNotContain("rolled back");
        before.assertSameOn(machine);
    }
}
