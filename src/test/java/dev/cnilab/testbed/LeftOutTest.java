package dev.cnilab.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The report of skipped tests; each run is in a JVM with an empty PATH. */
class LeftOutTest {

    static class Tests {
        @Test
        @Needs({Peer.KUBECTL, Peer.TCPDUMP})
        void needsPrograms() {}

        @Test
        void typesAFix() throws IOException {
            TypedFix.here(Path.of("/")).type("export A=1\nkubectl get pods");
        }

        @Test
        void assumes() {
            Assumptions.abort("no such machine");
        }

        @Test
        void runs() {}
    }

    static class Whole {
        @Test
        void runs() {}
    }

    @Test
    void reasonsAndInstallCommandArePrinted() throws IOException {
        ExecResult run = run(Tests.class, Map.of());

        assertThat(run.exitCode()).as(run.describe()).isZero();
        assertThat(run.stdout())
                .contains(
                        """
                        Skipped, in whole or in part:
                          no kubectl (kubernetes-client): LeftOutTest$Tests
                          no kubectl (kubernetes-client), no tcpdump (tcpdump): LeftOutTest$Tests
                          no such machine: LeftOutTest$Tests
                        To run them: sudo apt-get install kubernetes-client tcpdump
                        """);
    }

    @Test
    void nothingIsPrintedWithoutSkippedTests() throws IOException {
        ExecResult run = run(Whole.class, Map.of());

        assertThat(run.exitCode()).as(run.describe()).isZero();
        assertThat(run.stdout()).contains("1 tests successful").doesNotContain("Skipped");
    }

    @Test
    void missingProgramFailsInStrictMode() throws IOException {
        ExecResult run = run(Tests.class, Map.of("LAB_TEST_STRICT", "true"));

        assertThat(run.exitCode()).as(run.describe()).isEqualTo(1);
        assertThat(run.stdout())
                .contains("2 tests failed")
                .contains("no kubectl (kubernetes-client)", "and LAB_TEST_STRICT is true");
    }

    private static ExecResult run(Class<?> tests, Map<String, String> variables)
            throws IOException {
        return Command.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.junit.platform.console.ConsoleLauncher",
                        "execute",
                        "--disable-banner",
                        "--select-class",
                        tests.getName())
                .withOnly(variables)
                .run(Duration.ofMinutes(2));
    }
}
