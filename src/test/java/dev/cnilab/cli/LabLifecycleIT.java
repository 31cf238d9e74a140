package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab from up to down. */
class LabLifecycleIT {

    private static final Duration VERIFY = Duration.ofMinutes(2);

    /** A line of {@code lab status}: ready, with one restart. */
    private static final Pattern RESTARTED = Pattern.compile("lab-ipip-\\w+ +1/1 +Running +1 ");

    @TempDir private Path state;

    @Test
    void downRestoresTheStateBeforeUp() throws Exception {
        try (Machine machine = Machine.start(state)) {
            Snapshot before = Snapshot.of(machine);

            ExecResult up = machine.lab("up", "flannel-ipip", "--name", "day");
            assertThat(up.stderr()).endsWith("lab day is up\n");
            assertThat(up.stdout()).contains("20 passed, 0 failed, 0 skipped");
            assertThat(up.exitCode()).isZero();
            assertThat(Snapshot.of(machine).namespaces()).contains("day-worker", "day.net");

            ExecResult again = machine.lab("up", "flannel-ipip", "--name", "day", "--no-verify");
            assertThat(again.stderr())
                    .endsWith("lab day was up already; nothing was changed\n")
                    .doesNotContain("✓");
            assertThat(again.exitCode()).isZero();

            ctrlCEndsVerify(machine);
            aKilledAgentComesBack(machine);
            verifyGivesTheSameAnswerTwiceAtOnce(machine);

            ExecResult down = machine.lab("down", "day");
            assertThat(down.stderr()).endsWith("lab day is down\n");
            assertThat(down.exitCode()).isZero();
            before.assertSameOn(machine);
        }
    }

    private static void ctrlCEndsVerify(Machine machine) throws Exception {
        Process verify = machine.start("verify", "day");
        assertThat(verify.getInputStream().read()).isNotEqualTo(-1);
        Machine.signal(verify, "INT");
        ExecResult result = Command.await(List.of("verify"), verify, VERIFY);
        assertThat(result.exitCode()).isEqualTo(130);
        assertThat(result.stderr()).contains("error[interrupted]");
        assertThat(result.stdout()).doesNotContain("passed,");
    }

    private static void aKilledAgentComesBack(Machine machine) throws Exception {
        String agent =
                Snapshot.processes(machine).stream()
                        .filter(line -> line.contains(" agent --ip-masq="))
                        .findFirst()
                        .orElseThrow();
        machine.kill(agent.split(" ")[1]);
        long deadline = System.nanoTime() + VERIFY.toNanos();
        while (!RESTARTED.matcher(machine.lab("status", "day").stdout()).find()) {
            assertThat(System.nanoTime()).as("the agent is not back").isLessThan(deadline);
        }
    }

    private static void verifyGivesTheSameAnswerTwiceAtOnce(Machine machine) throws Exception {
        String[] verify = {"verify", "day", "-o", "tap"};
        Process first = machine.start(verify);
        Process second = machine.start(verify);
        String answer = tap(Command.await(List.of(verify), first, VERIFY));
        assertThat(answer).contains("1..20").doesNotContain("not ok").doesNotContain("SKIP");
        assertThat(tap(Command.await(List.of(verify), second, VERIFY))).isEqualTo(answer);
    }

    /** The steps' names and results, without times. */
    private static String tap(ExecResult result) {
        assertThat(result.exitCode()).as(result.describe()).isZero();
        return result.stdout();
    }
}
