package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.trace.DropReason;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.Verdict;
import dev.cnilab.trace.view.TraceText;
import java.io.IOException;

/** Assertions on a trace's verdict; a failure shows the trace. */
final class Verdicts {

    private Verdicts() {}

    static void arrived(Trace trace) {
        assertThat(trace.arrived()).as(() -> TraceText.of(trace)).isTrue();
    }

    static Verdict.Lost lost(Trace trace, DropReason loss) {
        assertThat(trace.verdict())
                .as(() -> TraceText.of(trace))
                .isInstanceOfSatisfying(
                        Verdict.Lost.class, lost -> assertThat(lost.loss()).isEqualTo(loss));
        return (Verdict.Lost) trace.verdict();
    }

    /** Asserts that a trace between the pods is lost at that place, and arrives after its fix. */
    static Verdict.Lost lostUntilFixed(TracedLab lab, DropReason loss, String guilty)
            throws IOException {
        Verdict.Lost lost = lost(lab.ping(lab.pod(), lab.workerPod()), loss);
        assertThat(lost.where()).isEqualTo(TracedLab.place(guilty));
        lab.fix(lost.remedy());
        arrived(lab.ping(lab.pod(), lab.workerPod()));
        return lost;
    }
}
