package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.ExecResult;
import dev.cnilab.testbed.TypedFix;
import dev.cnilab.testbed.TypesRemedyOf;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fixes of commands for a lab that is not there, or that another version of lab wrote. */
class StateFixesIT {

    private static final String NEWER = "{\"format\":99}\n";

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
    @TypesRemedyOf("cli.Context.folder")
    void noLabIsUp() throws Exception {
        ExecResult status = machine.lab("status");
        assertThat(status.stderr()).contains("error[no-lab]");

        type(status);

        succeeds("status");
        succeeds("down", "flannel-ipip");
    }

    @ParameterizedTest
    @CsvSource({
        "lab.json, status",
        "cluster.json, status",
        "daemon.json, status",
        "walk-undo.json, walk"
    })
    @TypesRemedyOf("base.StateFormat.ofLab")
    void anotherVersionWroteTheState(String file, String command) throws Exception {
        Snapshot before = Snapshot.of(machine);
        succeeds("up", "flannel-ipip", "--name", "net", "--no-verify");
        Files.writeString(machine.folder("net").resolve(file), NEWER);
        ExecResult refused = machine.lab(command, "net");
        assertThat(refused.stderr()).contains("error[state-format]", file);

        type(refused);

        before.assertSameOn(machine);
    }

    /** The journal is read where a lab is incomplete. */
    @Test
    void anotherVersionWroteTheJournal() throws Exception {
        Snapshot before = Snapshot.of(machine);
        succeeds("up", "flannel-ipip", "--name", "net", "--no-verify");
        machine.killDaemon("net");
        Files.writeString(machine.folder("net").resolve("journal.jsonl"), NEWER);
        ExecResult refused = machine.lab("status", "net");
        assertThat(refused.stderr()).contains("error[state-format]", "journal.jsonl");

        type(refused);

        before.assertSameOn(machine);
    }

    private void type(ExecResult refused) throws Exception {
        TypedFix.in(machine::startProgram).type(TypedFix.of(refused.stderr()));
    }

    private void succeeds(String... command) throws Exception {
        ExecResult result = machine.lab(command);
        assertThat(result.exitCode()).as(result.describe()).isZero();
    }
}
