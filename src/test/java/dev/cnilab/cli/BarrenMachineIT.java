package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that lack something: {@code up} says what, and leaves nothing. */
class BarrenMachineIT {

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
    void aDiskTooSmall() throws Exception {
        machine.run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", state.toString());
        leavesNothing("error[disk]", "MiB free for " + state, "XDG_STATE_HOME");
    }

    @Test
    void aDiskOnWhichNothingCanBeWritten() throws Exception {
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
    void neitherTunNorTheIpipDriver() throws Exception {
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
        assertThat(result.stderr()).contains("error[privileges]", "mend: ");
        before.assertSameOn(machine);
    }

    private boolean hasIpipDriver() throws Exception {
        String trial = "ip link add trial type ipip 2>/dev/null && ip link del trial && echo yes";
        return machine.run("sh", "-c", trial + " || true").contains("yes");
    }

    private void leavesNothing(String... said) throws Exception {
        Snapshot before = Snapshot.of(machine);
        ExecResult up = machine.lab(UP);
        assertThat(up.exitCode()).as(up.describe()).isEqualTo(3);
        assertThat(up.stderr()).contains(said).doesNotContain("taken back");
        before.assertSameOn(machine);
    }
}
