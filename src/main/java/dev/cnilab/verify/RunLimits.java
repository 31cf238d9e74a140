package dev.cnilab.verify;

import java.time.Duration;
import java.util.Optional;

/**
 * Limits of a verification.
 *
 * @param failFast whether the first step that fails ends it
 * @param budget of all steps together; empty for the steps' own budgets only
 */
public record RunLimits(boolean failFast, Optional<Duration> budget) {

    public static final RunLimits NONE = new RunLimits(false, Optional.empty());
}
