package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.trace.Trace;
import dev.cnilab.trace.run.TraceRequest;
import dev.cnilab.trace.run.Tracer;
import dev.cnilab.trace.view.TraceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No hop is missing in many traces. */
@Tag("large")
class ManyTracesIT {

    private static final int TRACES = 200;

    @TempDir private Path state;

    @Test
    void twoHundredTracesHaveAllHops() throws IOException {
        try (TracedLab lab = TracedLab.up(state, "flannel-ipip")) {
            TraceRequest request =
                    TracedLab.request(
                            lab.pod(lab.controlPlane()).name(),
                            lab.pod(lab.worker()).name(),
                            OptionalInt.empty(),
                            OptionalInt.empty(),
                            false);
            try (Tracer tracer = lab.tracer(request)) {
                Trace first = tracer.trace();
                List<String> there = lab.path(first.request());
                List<String> back = lab.path(first.reply());
                assertThat(there).as(() -> TraceText.of(first)).hasSize(12);
                assertThat(back).hasSize(12);
                for (int i = 1; i < TRACES; i++) {
                    Trace trace = tracer.trace();
                    assertThat(trace.arrived()).as("trace %d: %s", i, trace.verdict()).isTrue();
                    assertThat(lab.path(trace.request())).as("trace %d", i).isEqualTo(there);
                    assertThat(lab.path(trace.reply())).as("trace %d", i).isEqualTo(back);
                }
                assertThat(tracer.dropped()).isZero();
            }
        }
    }
}
