package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.host.ExecResult;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab with many nodes. Takes minutes: run it with -Dit.excluded= -Dit.groups=large. */
@Tag("large")
class TwentyNodesIT {

    @TempDir private Path state;

    @Test
    void twentyNodesAreReadyWithTheirPods() throws Exception {
        try (Machine machine = Machine.start(state)) {
            Snapshot before = Snapshot.of(machine);
            ExecResult up =
                    machine.lab(
                            "up",
                            "flannel-ipip",
                            "--name=big",
                            "--nodes=20",
                            "--timeout=400",
                            "--no-verify");
            assertThat(up.exitCode()).as(up.describe()).isZero();

            JsonNode status =
                    new ObjectMapper()
                            .readTree(machine.lab("status", "big", "-o", "json").stdout());
            assertThat(status.path("nodes"))
                    .extracting(node -> node.path("name").asText())
                    .containsExactlyInAnyOrderElementsOf(kindsNames("big"));
            assertThat(status.path("nodes"))
                    .allMatch(node -> node.path("ready").asBoolean(), "ready");
            assertThat(status.path("pods"))
                    .filteredOn(pod -> pod.path("namespace").asText().equals("default"))
                    .extracting(pod -> pod.path("node").asText())
                    .containsExactlyInAnyOrderElementsOf(kindsNames("big"));

            ExecResult verify = machine.lab("verify", "big");
            assertThat(verify.exitCode()).as(verify.describe()).isZero();
            assertThat(verify.stdout()).contains("0 failed, 0 skipped");

            assertThat(machine.lab("down", "big").exitCode()).isZero();
            before.assertSameOn(machine);
        }
    }

    /** kind's names: the first worker has no number, the next one is worker2. */
    private static List<String> kindsNames(String lab) {
        return Stream.concat(
                        Stream.of(lab + "-control-plane", lab + "-worker"),
                        IntStream.rangeClosed(2, 19).mapToObj(number -> lab + "-worker" + number))
                .toList();
    }
}
