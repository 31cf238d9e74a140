package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import dev.cnilab.testbed.TypedFix;
import dev.cnilab.testbed.TypesRemedyOf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In each environment {@code doctor} says what {@code up} does, in the same words. */
class DoctorAndUpIT {

    private static final Duration LIMIT = Duration.ofMinutes(8);

    private static final String[] DOCTOR = {"doctor", "--provider", "embedded", "-o", "json"};
    private static final String[] UP = {
        "up", "flannel-ipip", "--name", "both", "--provider", "embedded", "--no-verify"
    };

    /** The kernel allows no user namespace in a chroot(2). */
    private static final List<String> NO_USER_NAMESPACES = List.of("chroot", "/mnt");

    @TempDir private Path state;
    @TempDir private Path program;
    private Machine machine;

    /** Runs lab as this user on the machine. */
    @FunctionalInterface
    private interface Lab {
        ExecResult run(String... args) throws Exception;
    }

    @BeforeEach
    void start() throws Exception {
        machine = Machine.start(state);
    }

    @AfterEach
    void end() throws Exception {
        machine.close();
    }

    @Test
    @TypesRemedyOf("preflight.Loopback.inspect")
    @Needs(Peer.IP)
    void loopbackIsDown() throws Exception {
        machine.run("ip", "link", "set", "lo", "down");
        fixes(bothRefuse("loopback", machine::lab));
        bothSucceed(machine::lab);
    }

    @Test
    @Needs(Peer.IP)
    void fixSetsLoopbackUp() throws Exception {
        machine.run("ip", "link", "set", "lo", "down");
        ExecResult doctor = machine.lab("doctor", "--provider", "embedded", "--fix");
        assertThat(doctor.exitCode()).as(doctor.describe()).isZero();
        assertThat(doctor.stdout()).contains("✓ loopback", "done: set lo up");
    }

    @Test
    @TypesRemedyOf("embedded.preflight.WritableSysctls.inspect")
    void sysctlsAreReadOnly() throws Exception {
        readOnly(Path.of("/proc/sys"));
        fixes(bothRefuse("node-sysctls", machine::lab));
        bothSucceed(machine::lab);
    }

    @Test
    void stateIsReadOnly() throws Exception {
        readOnly(state);
        bothRefuse("state-writable", machine::lab);
    }

    /** Nothing is cached then, either. */
    @Test
    void homeIsReadOnly() throws Exception {
        readOnly(state);
        bothRefuse("state-writable", args -> withHome(state, args));
    }

    /** Nodes and pods are in no cgroups of their own. */
    @Test
    void cgroupsAreReadOnly() throws Exception {
        readOnly(Path.of("/sys/fs/cgroup"));
        bothSucceed(machine::lab);
    }

    @Test
    @TypesRemedyOf("preflight.Tun.opened")
    void tunIsRootsAlone() throws Exception {
        OrdinaryUser user = user();
        requireUserNamespaces(user);
        user.tun(machine, "600");
        fixes(bothRefuse("tun", args -> user.lab(machine, List.of(), args)));
        bothSucceed(args -> user.lab(machine, List.of(), args));
    }

    @Test
    void userMayNotCreateUserNamespaces() throws Exception {
        OrdinaryUser user = user();
        machine.run("mount", "--rbind", "/", NO_USER_NAMESPACES.getLast());
        bothRefuse("privileges", args -> user.lab(machine, NO_USER_NAMESPACES, args));
    }

    @Test
    void stateOfAUserIsReadOnly() throws Exception {
        OrdinaryUser user = user();
        readOnly(state);
        bothRefuse("state-writable", args -> user.lab(machine, List.of(), args));
    }

    private OrdinaryUser user() throws Exception {
        Files.setAttribute(state, "unix:uid", OrdinaryUser.ID);
        return OrdinaryUser.create(program);
    }

    private void requireUserNamespaces(OrdinaryUser user) throws Exception {
        assumeTrue(
                user.run(machine, List.of(), List.of("unshare", "-Urm", "true")).ok(),
                "this machine does not allow unprivileged user namespaces");
    }

    private void readOnly(Path folder) throws Exception {
        machine.run("mount", "--bind", folder.toString(), folder.toString());
        machine.run("mount", "-o", "remount,bind,ro", folder.toString());
    }

    private ExecResult withHome(Path home, String... args) throws Exception {
        List<String> argv =
                new ArrayList<>(List.of("env", "-u", "XDG_STATE_HOME", "-u", "XDG_CACHE_HOME"));
        argv.add("HOME=" + home);
        argv.addAll(Launcher.argv(args));
        return Command.await(argv, machine.startProgram(argv), LIMIT);
    }

    private void fixes(String refusal) throws Exception {
        TypedFix.in(machine::startProgram).type(TypedFix.of(refusal));
    }

    /** Returns what {@code up} printed. */
    private String bothRefuse(String id, Lab lab) throws Exception {
        Snapshot before = Snapshot.of(machine);
        ExecResult doctor = lab.run(DOCTOR);
        ExecResult up = lab.run(UP);

        assertThat(doctor.exitCode()).as(doctor.describe()).isEqualTo(3);
        JsonNode need = need(doctor, id);
        assertThat(need.path("state").asText()).as(doctor.stdout()).isEqualTo("missing");
        assertThat(up.exitCode()).as(up.describe()).isEqualTo(ExitCode.PREFLIGHT.number());
        assertThat(up.stderr())
                .contains("error[" + id + "]: " + need.path("meaning").asText())
                .contains("details: " + need.path("seen").asText())
                .contains(
                        need.path("remedy").asText().isEmpty()
                                ? "hint: " + need.path("advice").asText()
                                : "fix: " + need.path("remedy").asText());
        before.assertSameOn(machine);
        return up.stderr();
    }

    private void bothSucceed(Lab lab) throws Exception {
        Snapshot before = Snapshot.of(machine);
        ExecResult doctor = lab.run(DOCTOR);
        assertThat(doctor.exitCode()).as(doctor.stdout()).isZero();
        ExecResult up = lab.run(UP);
        assertThat(up.exitCode()).as(up.describe()).isZero();
        assertThat(lab.run("down", "both").exitCode()).isZero();
        before.assertSameOn(machine);
    }

    private static JsonNode need(ExecResult doctor, String id) throws Exception {
        return StreamSupport.stream(
                        new JsonMapper().readTree(doctor.stdout()).path("needs").spliterator(),
                        false)
                .filter(need -> need.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
