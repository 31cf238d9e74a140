package dev.cnilab.verify.report;

import dev.cnilab.verify.Outcome;
import dev.cnilab.verify.StepResult;
import java.util.List;

/**
 * The number of steps by outcome.
 *
 * @param failed including errored ones
 */
public record Totals(int passed, int failed, int skipped) {

    public static Totals of(List<StepResult> results) {
        int failed = (int) results.stream().filter(StepResult::failed).count();
        int skipped =
                (int)
                        results.stream()
                                .filter(result -> result.outcome() instanceof Outcome.Skipped)
                                .count();
        return new Totals(results.size() - failed - skipped, failed, skipped);
    }
}
