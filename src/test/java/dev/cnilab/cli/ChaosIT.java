package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** After random kills, down leaves nothing behind: {@code bench/chaos}. */
@Tag("chaos")
class ChaosIT {

    @TempDir private Path state;

    @Test
    void downAfterKillsLeavesNothing(TestReporter reporter) throws Exception {
        int kills = Integer.getInteger("chaos.kills", 30);
        long seed = Long.getLong("chaos.seed", ThreadLocalRandom.current().nextLong());
        reporter.publishEntry("chaos.seed", Long.toString(seed));
        System.out.println("chaos: " + kills + " kills, seed " + seed);
        try (Machine machine = Machine.start(state)) {
            new Chaos(machine, seed).run(kills);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("with chaos.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void plantedLeakIsDetected() throws Exception {
        try (Machine machine = Machine.start(state)) {
            Chaos chaos = new Chaos(machine, 1);
            machine.run("mkdir", "/run/netns");
            Path leak = Path.of("/run/netns/leak");
            Files.createFile(machine.path(leak));

            assertThatThrownBy(chaos::compare)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("+ netns leak");
            assertThat(machine.path(leak)).exists();
        }
    }
}
