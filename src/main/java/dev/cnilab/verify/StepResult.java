package dev.cnilab.verify;

import dev.cnilab.spec.StepSpec;
import java.time.Duration;

/**
 * A step with its outcome.
 *
 * @param command the step's, filled with what is known of the lab
 * @param looks how often it was looked at before it was so, or the budget ended
 */
public record StepResult(StepSpec step, String command, Outcome outcome, Duration took, int looks) {

    public boolean failed() {
        return switch (outcome) {
            case Outcome.Passed _, Outcome.Skipped _ -> false;
            case Outcome.Failed _, Outcome.Errored _ -> true;
        };
    }
}
