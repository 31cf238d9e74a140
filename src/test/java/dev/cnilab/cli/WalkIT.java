package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cnilab.host.ExecResult;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Walkthroughs of one lab: as a script, from a pipe, and on a terminal. */
class WalkIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private static Path state;
    @TempDir private static Path files;

    private static Machine machine;

    /**
     * The bundled lab in a directory of the user, with short timeouts, since some steps must fail.
     */
    @BeforeAll
    static void up() throws Exception {
        machine = Machine.start(state);
        Path lab = files.resolve("lab.yaml");
        String text = SpecLoader.find("flannel-ipip").text();
        Files.writeString(lab, text.replace("budget: 30s", "budget: 4s"));
        Files.createDirectories(files.resolve("flannel-ipip"));
        Files.copy(Path.of("labs/flannel-ipip/walk.yaml"), files.resolve("flannel-ipip/walk.yaml"));
        ExecResult up = machine.lab("up", lab.toString(), "--name", "walked", "--no-verify");
        assertThat(up.exitCode()).as(up.describe()).isZero();
    }

    @AfterAll
    static void down() throws Exception {
        machine.close();
    }

    @Test
    @Needs(Peer.IP)
    void scriptPassesAndIsRecorded() throws Exception {
        Path cast = files.resolve("walk.cast");
        Set<String> before = lasting("before");
        ExecResult walk = machine.lab("walk", "walked", "--script", "--record", cast.toString());

        assertThat(walk.exitCode()).as(walk.describe()).isZero();
        assertThat(walk.stdout())
                .contains("services/hairpin", "break forward")
                .doesNotContain("✗", "\u001b", "${");
        List<String> lines = Files.readAllLines(cast);
        assertThat(JSON.readTree(lines.getFirst()).path("version").asInt()).isEqualTo(2);
        double last = 0;
        for (String line : lines.subList(1, lines.size())) {
            JsonNode event = JSON.readTree(line);
            assertThat(event.get(0).asDouble()).isGreaterThanOrEqualTo(last);
            last = event.get(0).asDouble();
        }
        assertThat(lines).anyMatch(line -> line.contains("\\u001B["));
        assertNothingIsLeft();
        assertThat(lasting("after")).containsExactlyInAnyOrderElementsOf(before);
        ExecResult up = machine.lab("up", files.resolve("lab.yaml").toString(), "--name", "walked");
        assertThat(up.stderr()).contains("nothing was changed");
    }

    @Test
    void driftIsReportedWithExpectedAndActual() throws Exception {
        Path walk = files.resolve("flannel-ipip/walk.yaml");
        String text = Files.readString(walk);
        Files.writeString(
                walk,
                """
                title: {en: Short}
                chapters:
                  - id: one
                    title: {en: One}
                    pages:
                      - id: look
                        title: {en: Look}
                        text: {en: Look}
                        commands: ["docker exec ${node.name} hostname"]
                        expect: ["^another name$"]
                """);
        try {
            ExecResult result = machine.lab("walk", "walked", "--script");

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.stderr())
                    .contains("error[drift]: page one/look")
                    .contains("expected: ^another name$")
                    .contains("actual: walked-control-plane");
        } finally {
            Files.writeString(walk, text);
        }
    }

    @Tag("large")
    @ParameterizedTest
    @CsvSource({
        "route, pod-to-pod",
        "rp_filter, pod-to-pod",
        "mtu, largest-payload",
        "selector, node-port-from-outside",
        "tunnel, node-routes",
        "forward, pod-to-pod"
    })
    void faultHasItsSymptomUntilSolved(String fault, String step) throws Exception {
        Set<String> before = lasting(fault);
        try (InteractiveProgram walk =
                new InteractiveProgram(machine.start("walk", "walked", "--lang", "EN"))) {
            walk.say("break " + fault, "hint, solve");
            ExecResult broken = machine.lab("verify", "walked", "--step", "^" + step + "$");
            assertThat(broken.exitCode()).as(broken.stdout()).isEqualTo(1);
            assertThat(broken.stderr()).contains("a walk has changed this lab: " + fault);
            walk.say("check", "still broken");
            walk.say("hint", "hint 1/");
            walk.say("solve", "the lab is whole again");
            assertThat(walk.end()).isZero();
        }
        ExecResult whole = machine.lab("verify", "walked", "--step", "^" + step + "$");
        assertThat(whole.exitCode()).as(whole.stdout()).isZero();
        assertNothingIsLeft();
        assertThat(lasting(fault + "-after")).containsExactlyInAnyOrderElementsOf(before);
    }

    @Tag("large")
    @Test
    void readerRepairsAFault() throws Exception {
        try (InteractiveProgram walk =
                new InteractiveProgram(machine.start("walk", "walked", "--lang", "EN"))) {
            walk.say("break forward", "hint, solve");
            String node = "docker exec walked-control-plane sysctl ";
            walk.say(node + "net.ipv4.conf.cni0.forwarding", "forwarding = 0");
            walk.say(node + "-w net.ipv4.conf.cni0.forwarding=1", "forwarding = 1");
            walk.say("check", "the lab is whole again");
            assertThat(walk.end()).isZero();
        }
        assertNothingIsLeft();
    }

    @Tag("large")
    @Test
    void changesOfAKilledWalkAreRolledBackByTheNext() throws Exception {
        try (InteractiveProgram walk =
                new InteractiveProgram(machine.start("walk", "walked", "--lang", "EN"))) {
            walk.say("break route", "hint, solve");
            ExecResult second = machine.lab("walk", "walked", "--script");
            assertThat(second.exitCode()).isEqualTo(2);
            assertThat(second.stderr()).contains("error[walk-taken]");
            Machine.signal(walk.process(), "KILL");
            walk.process().waitFor(1, TimeUnit.MINUTES);
        }
        ExecResult verify = machine.lab("verify", "walked", "--step", "^pod-to-pod$");
        assertThat(verify.exitCode()).isEqualTo(1);
        assertThat(verify.stderr()).contains("a walk has changed this lab: route");

        try (InteractiveProgram walk =
                new InteractiveProgram(machine.start("walk", "walked", "--lang", "EN"))) {
            walk.await("rolled back what an earlier walk left: route");
            assertThat(walk.end()).isZero();
        }
        assertThat(machine.lab("verify", "walked", "--step", "^pod-to-pod$").exitCode()).isZero();
        assertNothingIsLeft();
    }

    @Tag("large")
    @Test
    void onATerminal() throws Exception {
        try (InteractiveProgram walk =
                new InteractiveProgram(terminal("walk", "walked", "--lang", "EN"))) {
            walk.await("lab 1/");
            walk.type("docker exec walked-con\t");
            walk.await("trol-plane");
            walk.type("ip address show cn\t");
            walk.await("cni0");
            walk.type("\n");
            walk.await("inet 10.244.0.1/24");
            walk.await("lab 1/");
            walk.type("ping 172.18.0.3\n");
            walk.await("icmp_seq=2");
            walk.type("\u0003");
            walk.await("interrupted");
            walk.await("lab 1/");
            walk.type("goto services\n");
            walk.await("as expected");
            walk.type("\u0004");
            assertThat(walk.end()).isZero();
        }
        assertNothingIsLeft();
    }

    /** Runs it on a terminal of script(1); input comes from a pipe. */
    private static Process terminal(String... args) throws IOException {
        Path run = files.resolve("run");
        Files.writeString(
                run,
                "#!/bin/sh\nTERM=xterm exec %s%n".formatted(String.join(" ", Launcher.argv(args))));
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
        return machine.startProgram(List.of("script", "-qefc", run.toString(), "/dev/null"));
    }

    /** The state that a walkthrough must restore: objects, and the network of nodes and pods. */
    private static Set<String> lasting(String scratch) throws IOException {
        Set<String> lines =
                LabObjects.of(
                        machine.folder("walked"), Files.createDirectory(files.resolve(scratch)));
        Snapshot.of(machine).lines().stream()
                .filter(line -> line.startsWith("netns walked"))
                // Tables have a change counter, and sets have no order.
                .filter(line -> !line.matches("netns \\S+ nft (table|elements) .*"))
                .forEach(lines::add);
        return lines;
    }

    private static void assertNothingIsLeft() {
        assertThat(machine.folder("walked").resolve("walk-undo.json")).doesNotExist();
        assertThat(machine.folder("walked").resolve("walk.lock")).doesNotExist();
    }
}
