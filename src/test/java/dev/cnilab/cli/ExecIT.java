package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.host.ExecResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands on a node, in a pod and outside behave as in a shell. */
@ExtendWith(SharedTracedLab.class)
class ExecIT {

    private final TracedLab lab;

    ExecIT(TracedLab lab) {
        this.lab = lab;
    }

    @Test
    void inputArrivesByteByByteAndEnds() throws IOException {
        byte[] bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);
        for (Place place : places()) {
            try (RunningCommand cat =
                    lab.cluster()
                            .start(
                                    place,
                                    List.of("cat"),
                                    Optional.of(new ByteArrayInputStream(bytes)))) {
                assertThat(cat.stdout().readAllBytes()).as(place.id()).isEqualTo(bytes);
                assertThat(cat.waitFor(TracedLab.COMMAND)).as(place.id()).hasValue(0);
            }
        }
    }

    @Test
    void aCommandWithoutInputReadsItsEnd() throws IOException {
        for (Place place : places()) {
            assertThat(run(place, "cat").exitCode()).as(place.id()).isZero();
        }
    }

    @Test
    void exitCodesPassThrough() throws IOException {
        for (Place place : places()) {
            assertThat(run(place, "sh", "-c", "exit 42").exitCode()).as(place.id()).isEqualTo(42);
        }
    }

    @Test
    void aProgramThatCannotBeExecutedIsSaidInOneLine() throws IOException {
        for (Place place : places()) {
            ExecResult missing = run(place, "nosuch");
            assertThat(missing.exitCode()).as(place.id()).isEqualTo(127);
            assertThat(missing.stderr()).as(place.id()).isEqualTo("nosuch: not found\n");

            ExecResult denied = run(place, "/etc/passwd");
            assertThat(denied.exitCode()).as(place.id()).isEqualTo(126);
            assertThat(denied.stderr()).isEqualTo("/etc/passwd: permission denied\n");
        }
    }

    private ExecResult run(Place place, String... argv) throws IOException {
        return lab.cluster().exec(place, List.of(argv), TracedLab.COMMAND);
    }

    private List<Place> places() throws IOException {
        return List.of(
                TracedLab.place(lab.worker()),
                new Place.InPod("default", lab.workerPod()),
                new Place.Outside());
    }
}
