package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.testbed.TypedFix;
import dev.cnilab.testbed.TypesRemedyOf;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An {@code up} that is interrupted or killed. */
class InterruptedUpIT {

    private static final String[] UP = {"up", "flannel-ipip", "--name", "bad", "--no-verify"};
    private static final Duration END = Duration.ofSeconds(60);

    /** The shell's exit code of a process killed by SIGKILL. */
    private static final int KILLED = 128 + 9;

    @TempDir private Path state;
    private Machine machine;
    private Snapshot before;

    @BeforeEach
    void start() throws Exception {
        machine = Machine.start(state);
        before = Snapshot.of(machine);
    }

    @AfterEach
    void end() throws Exception {
        machine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"preflight", "create-network", "create-cluster", "await-pods"})
    void ctrlCRollsBack(String action) throws Exception {
        ExecResult up = endedBy("INT", action);
        assertThat(up.exitCode()).as(up.describe()).isEqualTo(130);
        assertThat(up.stderr()).contains("error[interrupted]: ");
        before.assertSameOn(machine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"preflight", "create-network", "create-cluster", "install-cni"})
    void downRemovesRemainsOfAKilledUp(String action) throws Exception {
        assertThat(endedBy("KILL", action).exitCode()).isEqualTo(KILLED);
        ExecResult down = machine.lab("down", "bad");
        assertThat(down.exitCode()).as(down.describe()).isZero();
        before.assertSameOn(machine);
    }

    @Test
    @TypesRemedyOf("lifecycle.LabRecord.repair")
    void upContinuesAfterAKilledOne() throws Exception {
        endedBy("KILL", "create-cluster");
        ExecResult up = machine.lab(UP);
        assertThat(up.exitCode()).as(up.describe()).isZero();
        assertThat(up.stderr()).endsWith("lab bad is up\n");

        machine.killDaemon("bad");
        ExecResult status = machine.lab("status", "bad");
        assertThat(status.stderr()).contains("error[cluster-gone]");
        assertThat(TypedFix.of(status.stderr())).isEqualTo("lab up flannel-ipip --name bad");
        TypedFix.in(machine::startProgram).type(TypedFix.of(status.stderr()));
        ExecResult fixed = machine.lab("status", "bad");
        assertThat(fixed.exitCode()).as(fixed.describe()).isZero();

        machine.killDaemon("bad");
        machine.lab("down", "bad");
        before.assertSameOn(machine);
    }

    private ExecResult endedBy(String signal, String action) throws Exception {
        Process up = machine.start(UP);
        JournalWatch.awaitBegun(machine.folder("bad"), action, up);
        Machine.signal(up, signal);
        return Command.await(List.of(UP), up, END);
    }
}
