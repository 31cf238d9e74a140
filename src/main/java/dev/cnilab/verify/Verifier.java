package dev.cnilab.verify;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.ClusterView;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.StepSpec;
import dev.cnilab.verify.probe.Claim;
import dev.cnilab.verify.probe.ProbeContext;
import dev.cnilab.verify.probe.Probes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs a lab's verification steps in sequence. */
public final class Verifier {

    /** The pause between attempts of a step. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final LabSpec spec;
    private final Supplier<ClusterView> views;
    private final StepFilter filter;
    private final TimeFactor timeFactor;

    /**
     * @param timeFactor multiplies every budget
     */
    public Verifier(LabSpec spec, ClusterView cluster, StepFilter filter, TimeFactor timeFactor) {
        this(spec, () -> cluster, filter, timeFactor);
    }

    /**
     * @param views supplies the cluster for each attempt, so that attempts can be recorded
     *     separately
     */
    public Verifier(
            LabSpec spec, Supplier<ClusterView> views, StepFilter filter, TimeFactor timeFactor) {
        this.spec = spec;
        this.views = views;
        this.filter = filter;
        this.timeFactor = timeFactor;
    }

    /**
     * @param listener receives each result
     * @return one result per step, in the spec's order
     */
    public List<StepResult> run(Consumer<StepResult> listener) throws InterruptedException {
        List<StepResult> results = new ArrayList<>();
        for (StepSpec step : spec.verify().steps()) {
            StepResult result =
                    filter.selects(step.name())
                            ? poll(step)
                            : new StepResult(
                                    step,
                                    step.command().text(),
                                    new Outcome.Skipped("not selected"),
                                    Duration.ZERO,
                                    0);
            results.add(result);
            listener.accept(result);
        }
        return results;
    }

    /** Runs a step once, without a diagnosis if it fails. */
    public StepResult once(StepSpec step) {
        long start = System.nanoTime();
        return look(step, views.get()).result(step, Duration.ofNanos(System.nanoTime() - start), 1);
    }

    /** Repeats a step until it passes or the budget is spent. */
    private StepResult poll(StepSpec step) throws InterruptedException {
        long start = System.nanoTime();
        int looks = 0;
        while (true) {
            ClusterView cluster = views.get();
            Look look = look(step, cluster);
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted at step " + step.name());
            }
            looks++;
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            StepResult result = look.result(step, took, looks);
            if (!result.failed()) {
                return result;
            }
            if (took.plus(PAUSE).compareTo(timeFactor.times(step.budget())) > 0) {
                Outcome explained = withReason(look.outcome(), cluster);
                return new Look(look.command(), explained).result(step, took, looks);
            }
            Thread.sleep(PAUSE);
        }
    }

    /** What one look found. */
    private record Look(String command, Outcome outcome) {

        StepResult result(StepSpec step, Duration took, int looks) {
            return new StepResult(step, command, outcome, took, looks);
        }
    }

    private Look look(StepSpec step, ClusterView cluster) {
        String command = step.command().text();
        try {
            ProbeContext context = ProbeContext.of(spec, cluster, timeFactor);
            command = context.fill(step.command());
            List<Claim> claims = Probes.of(step.probe(), context).observe();
            boolean holds = !claims.isEmpty() && claims.stream().allMatch(Claim::holds);
            return new Look(
                    command, holds ? new Outcome.Passed(claims) : new Outcome.Failed(claims, ""));
        } catch (IOException e) {
            return new Look(command, new Outcome.Errored(String.valueOf(e.getMessage()), ""));
        }
    }

    private Outcome withReason(Outcome outcome, ClusterView cluster) {
        return switch (outcome) {
            case Outcome.Failed failed ->
                    new Outcome.Failed(
                            failed.claims(), new Diagnosis(spec, cluster, timeFactor).find());
            case Outcome.Errored errored ->
                    new Outcome.Errored(
                            errored.error(), new Diagnosis(spec, cluster, timeFactor).find());
            case Outcome.Passed passed -> passed;
            case Outcome.Skipped skipped -> skipped;
        };
    }
}
