package dev.cnilab.verify.report;

import dev.cnilab.verify.Outcome;
import dev.cnilab.verify.StepResult;
import java.util.List;

/**
 * How many steps ended how.
 *
 * @param failed those that could not be looked at among them
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
