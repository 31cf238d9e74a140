package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.testbed.TypedFix;
import dev.cnilab.testbed.TypesRemedyOf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labs of several state homes on one machine, and resources that are not labs'. */
class OwnershipIT {

    private static final String LAB = "nc";
    private static final Duration UP = Duration.ofMinutes(4);
    private static final String[] UP_NC = {"up", "flannel-ipip", "--name", LAB, "--no-verify"};

    @TempDir private Path folder;
    private Path secondHome;
    private Machine machine;
    private Snapshot before;

    @BeforeEach
    void start() throws Exception {
        secondHome = folder.resolve("second");
        machine = Machine.start(Files.createDirectory(folder.resolve("state")));
        before = Snapshot.of(machine);
    }

    @AfterEach
    void end() throws Exception {
        machine.close();
    }

    @Test
    void nameOfAnotherHomesLabIsRejected() throws Exception {
        succeeds(machine.lab(UP_NC));

        ExecResult up = second(UP_NC);
        assertThat(up.exitCode()).as(up.describe()).isEqualTo(3);
        assertThat(up.stderr())
                .contains("error[name-taken]", "belongs to the lab in " + machine.folder(LAB));
        ExecResult down = second("down", LAB);
        assertThat(down.exitCode()).as(down.describe()).isEqualTo(4);
        assertThat(down.stderr()).contains("error[no-such-lab]: no such lab: nc");
        assertThat(secondHome.resolve("lab")).doesNotExist();

        succeeds(machine.lab("verify", LAB, "--step", "^pod-to-pod"));
        succeeds(machine.lab("down", LAB));
        before.assertSameOn(machine);
    }

    @Test
    void labWithLostDirectoryIsFoundByItsMarks() throws Exception {
        succeeds(machine.lab(UP_NC));
        machine.killDaemon(LAB);
        machine.run("rm", "-r", machine.folder(LAB).toString());

        succeeds(machine.lab("down", LAB));

        before.assertSameOn(machine);
    }

    @Test
    void downOfAnUnknownLabChangesNothing() throws Exception {
        try (ForeignNamespaces foreignNamespaces = foreignNamespaces()) {
            Snapshot theirs = Snapshot.of(machine);

            for (String name : List.of("foo", "flannel-ipip")) {
                ExecResult down = machine.lab("down", name);
                assertThat(down.exitCode()).as(down.describe()).isEqualTo(4);
                assertThat(down.stderr()).contains("error[no-such-lab]: no such lab: " + name);
            }

            theirs.assertSameOn(machine);
            assertThat(foreignNamespaces.areAlive()).isTrue();
        }
    }

    @Test
    void foreignNamespaceIsRejectedBeforeAnythingIsCreated() throws Exception {
        try (ForeignNamespaces foreignNamespaces = foreignNamespaces()) {
            Snapshot theirs = Snapshot.of(machine);

            ExecResult up = machine.lab("up", "flannel-ipip", "--name", "foo", "--no-verify");

            assertThat(up.exitCode()).as(up.describe()).isEqualTo(3);
            assertThat(up.stderr())
                    .contains("error[name-taken]", "foo.net", "lab did not create it");
            ExecResult doctor = machine.lab("doctor", "--provider", "embedded", "--name", "foo");
            assertThat(doctor.exitCode()).as(doctor.describe()).isEqualTo(3);
            assertThat(doctor.stdout())
                    .contains("✗ name-taken", "foo.net", "provider embedded can't run: name-taken");
            theirs.assertSameOn(machine);
            assertThat(foreignNamespaces.areAlive()).isTrue();
        }
    }

    @Test
    void invalidNameIsRejected() throws Exception {
        Path labs = Files.createDirectories(machine.folder(LAB).getParent());
        Files.writeString(Files.createDirectory(labs.resolve("kept")).resolve("file"), "kept");
        Files.writeString(labs.resolveSibling("file"), "kept");
        Snapshot kept = Snapshot.of(machine);

        for (String name :
                List.of(".", "..", "a/b", "", "../labs", "kept/", "Kept", "-", "a".repeat(41))) {
            ExecResult down = machine.lab("down", "--", name);
            assertThat(down.exitCode()).as(down.describe()).isEqualTo(2);
            assertThat(down.stderr()).contains("error[bad-lab-name]: '" + name + "'");
        }

        kept.assertSameOn(machine);
    }

    @Test
    @TypesRemedyOf("lifecycle.LabService.requireDown")
    void labThatIsUpWithAnotherSpecIsRejected() throws Exception {
        succeeds(machine.lab(UP_NC));
        String refusal = "";

        for (List<String> other :
                List.of(
                        List.of("--provider", "kind"),
                        List.of("--provider", "embedded", "--nodes", "3"))) {
            List<String> argv = new ArrayList<>(List.of(UP_NC));
            argv.addAll(other);
            ExecResult up = machine.lab(argv.toArray(String[]::new));
            assertThat(up.exitCode()).as(up.describe()).isEqualTo(2);
            assertThat(up.stderr()).contains("error[lab-differs]: lab nc is up", "--name NAME");
            refusal = up.stderr();
        }

        succeeds(machine.lab("verify", LAB, "--step", "^pod-to-pod"));
        TypedFix.in(machine::startProgram).type(TypedFix.of(refusal));
        before.assertSameOn(machine);
    }

    /** Remains are removed by the provider that created them. */
    @Test
    void remainsOfAKilledUpAreRemovedByItsProvider() throws Exception {
        Process up = machine.start(UP_NC);
        JournalWatch.awaitBegun(machine.folder(LAB), "install-cni", up);
        Machine.signal(up, "KILL");
        Command.await(List.of(UP_NC), up, UP);
        machine.killDaemon(LAB);

        // Without Docker, preflight fails after the remains were removed.
        ExecResult kind = machine.lab("up", "flannel-ipip", "--name", LAB, "--provider", "kind");

        assertThat(kind.exitCode()).as(kind.describe()).isEqualTo(3);
        assertThat(kind.stderr()).contains("lab nc is incomplete: deleting it first");
        before.assertSameOn(machine);
    }

    /** Namespaces with names like the lab's, with processes in them. */
    private ForeignNamespaces foreignNamespaces() throws Exception {
        return ForeignNamespaces.on(
                machine, List.of("foo.net", "foo-control-plane", "foo-worker", "foo-worker.a.b"));
    }

    private ExecResult second(String... args) throws Exception {
        Process lab = machine.start(List.of("env", "XDG_STATE_HOME=" + secondHome), args);
        return Command.await(List.of(args), lab, UP);
    }

    private static void succeeds(ExecResult result) {
        assertThat(result.exitCode()).as(result.describe()).isZero();
    }
}
