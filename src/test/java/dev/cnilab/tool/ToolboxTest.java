package dev.cnilab.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.image.ProgramImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolboxTest {

    @TempDir Path directory;

    @Test
    void listsTheCommandsForAnUnknownName() {
        ToolRun run = ToolRun.here("nft");

        assertThat(run.exitCode()).isEqualTo(127);
        assertThat(run.err()).contains("no command 'nft'").contains("route");
    }

    @Test
    void hasEveryToolOfTheImage() {
        assertThat(Toolbox.names()).containsAll(ProgramImage.PROGRAMS);
    }

    @Test
    void unknownOptionIsAUsageError() {
        ToolRun run = ToolRun.here("ping", "-Z", "10.0.0.1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("ping: option -Z is not supported\n");
    }

    @Test
    void reportsAnInvalidFilterBeforeTheCapture() {
        ToolRun run = ToolRun.here("capture", "-i", "lo", "host", "nowhere");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("expected an IPv4 or IPv6 address, found 'nowhere' at column 6");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void catPrintsExistingFiles() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "one\n");
        ToolRun run = ToolRun.here("cat", file.toString(), directory.resolve("b").toString());

        assertThat(run.out()).isEqualTo("one\n");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("b: No such file or directory");
    }

    @Test
    void sysctlReads() {
        assertThat(ToolRun.here("sysctl", "kernel.ostype").out())
                .isEqualTo("kernel.ostype = Linux\n");
        assertThat(ToolRun.here("sysctl", "-n", "kernel.ostype").out()).isEqualTo("Linux\n");
        assertThat(ToolRun.here("sysctl", "kernel.nope").exitCode()).isEqualTo(1);
    }

    @Test
    void sleepTakesFractions() {
        assertThat(ToolRun.here("sleep", "0.01").exitCode()).isZero();
        assertThat(ToolRun.here("sleep", "soon").exitCode()).isEqualTo(2);
    }

    @Test
    void curlExplainsAnInvalidUrl() {
        assertThat(ToolRun.here("curl", "https://example.invalid").exitCode()).isEqualTo(1);
        assertThat(ToolRun.here("curl", "-s", "http://").exitCode()).isEqualTo(3);
    }
}
