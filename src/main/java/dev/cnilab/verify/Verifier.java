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
import java.util.function.Supplier;

/** Runs a lab's verification steps in sequence. */
public final class Verifier {

    /** The pause between attempts of a step. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Duration UNLIMITED = Duration.ofSeconds(Long.MAX_VALUE);

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
     * @return one result per step, in the spec's order
     */
    public List<StepResult> run(RunLimits limits, RunListener listener)
            throws InterruptedException {
        long start = System.nanoTime();
        List<StepResult> results = new ArrayList<>();
        String stopped = "";
        for (StepSpec step : spec.verify().steps()) {
            StepResult result;
            Duration rest = rest(limits, start);
            if (!filter.selects(step.name())) {
                result = unchecked(step, new Outcome.Skipped("not selected"));
            } else if (!stopped.isEmpty()) {
                result = unchecked(step, new Outcome.Skipped(stopped));
            } else if (rest.isNegative()) {
                result = unchecked(step, new Outcome.Errored("not checked: timed out before", ""));
            } else {
                result = poll(step, rest, listener);
            }
            if (result.failed() && (limits.failFast() || rest(limits, start).isNegative())) {
                stopped = "not checked, since " + step.name() + " failed";
            }
            results.add(result);
            listener.done(result);
        }
        return results;
    }

    /** Returns what remains of the limits' budget; negative if nothing. */
    private static Duration rest(RunLimits limits, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return limits.budget().map(budget -> budget.minus(took)).orElse(UNLIMITED);
    }

    private static StepResult unchecked(StepSpec step, Outcome outcome) {
        return new StepResult(step, step.command().text(), outcome, Duration.ZERO, 0);
    }

    /** Runs a step once, without a diagnosis if it fails. */
    public StepResult once(StepSpec step) {
        long start = System.nanoTime();
        return look(step, views.get()).result(step, Duration.ofNanos(System.nanoTime() - start), 1);
    }

    /** Repeats a step until it passes, or its budget or the rest of the limits' budget is spent. */
    private StepResult poll(StepSpec step, Duration rest, RunListener listener)
            throws InterruptedException {
        long start = System.nanoTime();
        Duration own = timeFactor.times(step.budget());
        Duration budget = own.compareTo(rest) < 0 ? own : rest;
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
            if (took.plus(PAUSE).compareTo(budget) > 0) {
                Outcome explained = withReason(look.outcome(), cluster);
                return new Look(look.command(), explained).result(step, took, looks);
            }
            if (looks == 1) {
                listener.retrying(result, budget.minus(took));
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
