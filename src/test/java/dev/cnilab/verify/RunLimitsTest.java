package dev.cnilab.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.evidence.tape.ReplayedView;
import dev.cnilab.evidence.tape.Tape;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Verifications of a cluster that does not answer, so that every step fails. */
class RunLimitsTest {

    private final List<String> retried = new ArrayList<>();

    @Test
    void eachStepFailsOnceItsBudgetIsSpent() throws Exception {
        List<StepResult> results = run(RunLimits.NONE);

        assertThat(results.get(0).failed()).isTrue();
        assertThat(results.get(1).failed()).isTrue();
        assertThat(retried).containsExactly("nodes-ready", "system-pods");
    }

    @Test
    void failFastStopsAtTheFirstFailure() throws Exception {
        List<StepResult> results = run(new RunLimits(true, Optional.empty()));

        assertThat(results.get(0).failed()).isTrue();
        assertThat(results.get(1).outcome())
                .isEqualTo(new Outcome.Skipped("not checked, since nodes-ready failed"));
        assertThat(results.get(2).outcome()).isEqualTo(new Outcome.Skipped("not selected"));
    }

    @Test
    void aStepForWhichNoTimeIsLeftFails() throws Exception {
        List<StepResult> results = run(new RunLimits(false, Optional.of(Duration.ZERO)));

        assertThat(results.get(0).outcome())
                .isEqualTo(new Outcome.Errored("not checked: timed out before", ""));
        assertThat(results.get(1).outcome())
                .isEqualTo(new Outcome.Skipped("not checked, since nodes-ready failed"));
        assertThat(retried).isEmpty();
    }

    private List<StepResult> run(RunLimits limits) throws Exception {
        Verifier verifier =
                new Verifier(
                        lab(),
                        new ReplayedView(new Tape(List.of())),
                        new StepFilter(List.of("^nodes-ready$", "^system-pods$")),
                        TimeFactor.NONE);
        return verifier.run(
                limits,
                new RunListener() {
                    @Override
                    public void done(StepResult result) {}

                    @Override
                    public void retrying(StepResult first, Duration rest) {
                        retried.add(first.step().name());
                    }
                });
    }

    private static LabSpec lab() throws SpecException {
        String text = SpecLoader.find("flannel-ipip").text().replace("120s", "700ms");
        return SpecLoader.load(new LabSource("lab.yaml", text, Optional.empty()));
    }
}
