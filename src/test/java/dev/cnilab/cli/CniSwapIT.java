package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.ExecResult;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab whose spec uses other plugins than the bundled one. */
class CniSwapIT {

    private static final Path SPEC = Path.of("docs/examples/bridge.yaml").toAbsolutePath();

    @TempDir private Path state;

    @Test
    @Needs(Peer.CNI_PLUGINS)
    void referencePluginsSetUpThePodNetwork() throws Exception {
        try (Machine machine = Machine.start(state)) {
            Snapshot before = Snapshot.of(machine);
            ExecResult up = machine.lab("up", SPEC.toString());
            assertThat(up.exitCode()).as(up.describe()).isZero();
            assertThat(up.stdout()).contains("6 passed, 0 failed, 0 skipped");
            assertThat(machine.lab("status", "bridge").stdout())
                    .contains("tunnel: none", "10.245.0.", "10.245.1.");

            assertThat(machine.lab("down", "bridge").exitCode()).isZero();
            before.assertSameOn(machine);
        }
    }
}
