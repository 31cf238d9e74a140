package dev.cnilab.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cnilab.base.Failure;
import dev.cnilab.embedded.node.ClusterPlan;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterStateTest {

    private static final DaemonRecord DAEMON = new DaemonRecord(1, 2, 6443);

    private Path folder = Path.of("");
    private ClusterState state = new ClusterState(folder);

    @BeforeEach
    void create(@TempDir Path labs) throws IOException {
        folder = Files.createDirectory(labs.resolve("net"));
        state = new ClusterState(folder);
    }

    @Test
    void comesBackAsItWas() throws Exception {
        ClusterPlan plan = ClusterPlan.of(SpecLoader.load("flannel-ipip"));
        state.savePlan(plan);
        state.saveDaemon(DAEMON);

        assertThat(state.plan()).hasValue(plan);
        assertThat(state.plannedByFirstRelease()).isEmpty();
        assertThat(state.daemon()).hasValue(DAEMON);
    }

    /** What it wrote is read the same: {@link FirstRelease}. */
    @Test
    void lab010WroteItWithoutAVersion() throws Exception {
        ClusterPlan plan = ClusterPlan.of(SpecLoader.load("flannel-ipip"));
        Files.writeString(folder.resolve("cluster.json"), PlanJson.of(plan).toString());
        Files.writeString(
                folder.resolve("daemon.json"), "{\"pid\": 1, \"startTime\": 2, \"port\": 6443}");

        assertThat(state.plan()).hasValue(plan);
        assertThat(state.plannedByFirstRelease()).isPresent();
        assertThat(state.daemon()).hasValue(DAEMON);
    }

    /** The cluster is deleted by what the machine has noted: down does without the plan. */
    @Test
    void aNewerOneIsRefusedSaveByDown() throws IOException {
        refused("cluster.json", state::plan);
        refused("daemon.json", state::daemon);

        FirstRelease.adopt(state);
        state.delete();

        assertThat(folder).isEmptyDirectory();
    }

    private void refused(String name, ThrowingCallable read) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "{\"format\":3}");

        Failure failure = catchThrowableOfType(Failure.class, read);

        assertThat(failure.id()).isEqualTo("state-format");
        assertThat(failure.remedy().script()).isEqualTo("lab down net");
        assertThat(file).hasContent("{\"format\":3}");
    }
}
