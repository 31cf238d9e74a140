package dev.cnilab.verify;

import dev.cnilab.spec.StepSpec;
import java.time.Duration;

/**
 * A step with its outcome.
 *
 * @param command the step's command, with the lab's values filled in
 * @param looks the number of attempts until it passed or the budget was spent
 */
public record StepResult(StepSpec step, String command, Outcome outcome, Duration took, int looks) {

    public boolean failed() {
        return switch (outcome) {
            case Outcome.Passed _, Outcome.Skipped _ -> false;
            case Outcome.Failed _, Outcome.Errored _ -> true;
        };
    }
}
