package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits of a lab's file while the lab is up. */
class EditedLabIT {

    private static final String STEPS =
            """
                - name: first
                  title: A file
                  command: cat /etc/hostname
                  probe:
                    command: {on: "node:control-plane", argv: [echo, same], stdout: {equals: same}}

            walkthrough: walk.yaml
            """;

    private static final String WALK =
            """
            title: {en: Edited}
            chapters:
              - id: chapter
                title: {en: Chapter}
                pages:
                  - {id: page, title: {en: Page}, text: {en: Before.}, commands: [version]}
            faults: []
            """;

    @TempDir private static Path folder;

    private static Machine machine;
    private static String text = "";

    @BeforeAll
    static void up() throws IOException {
        String tutorial = Files.readString(Path.of("labs", "flannel-ipip.yaml"));
        text = tutorial.substring(0, tutorial.indexOf("    - name: nodes-ready")) + STEPS;
        Files.writeString(file(), text);
        Files.writeString(folder.resolve("walk.yaml"), WALK);
        machine = Machine.start(folder.resolve("state"));
        ExecResult up = machine.lab("up", file().toString(), "--name", "edited", "-q");
        assertThat(up.exitCode()).as(up.describe()).isZero();
    }

    @AfterAll
    static void end() throws Exception {
        machine.close();
    }

    private static Path file() {
        return folder.resolve("lab.yaml");
    }

    @Test
    void stepsAndPagesTakeEffect() throws IOException {
        Files.writeString(file(), text.replace("name: first", "name: second"));
        Files.writeString(folder.resolve("other.yaml"), WALK.replace("Before", "After"));
        Files.writeString(
                file(), Files.readString(file()).replace("h: walk.yaml", "h: other.yaml"));

        ExecResult verify = machine.lab("verify");
        assertThat(verify.exitCode()).as(verify.describe()).isZero();
        assertThat(verify.stdout()).contains("✓ second").doesNotContain("first");
        assertThat(verify.stderr()).isEmpty();
        assertThat(machine.lab("walk", "--script").stdout()).contains("After.");
        Path report = folder.resolve("report");
        assertThat(machine.lab("report", "--dir", report.toString()).stdout()).contains("second");
        assertThat(machine.lab("replay", report.toString()).exitCode()).isZero();

        ExecResult up = machine.lab("up", file().toString(), "--name", "edited");
        assertThat(up.stderr()).contains("lab edited was up already");
        assertThat(up.stdout()).contains("✓ second");
    }

    @Test
    void anotherClusterIsReported() throws IOException {
        Files.writeString(
                file(),
                text.replace("name: first", "name: third")
                        .replace("masquerade: true", "masquerade: false"));

        ExecResult verify = machine.lab("verify");

        assertThat(verify.exitCode()).as(verify.describe()).isZero();
        assertThat(verify.stdout()).doesNotContain("third");
        assertThat(verify.stderr())
                .isEqualTo(
                        "lab edited differs from %s (the spec: cni); its steps are those of lab up\n"
                                .formatted(file()));
        ExecResult up = machine.lab("up", file().toString(), "--name", "edited");
        assertThat(up.exitCode()).isEqualTo(2);
        assertThat(up.stderr()).contains("error[lab-differs]").contains("the spec: cni");
    }

    @Test
    void aFileThatIsGoneIsNotNeeded() throws IOException {
        Files.delete(file());

        ExecResult verify = machine.lab("verify");

        assertThat(verify.exitCode()).as(verify.describe()).isZero();
        assertThat(verify.stderr()).isEmpty();
    }
}
