package dev.cnilab.verify;

import dev.cnilab.verify.probe.Claim;
import java.util.List;

/** The result of a step. */
public sealed interface Outcome {

    /**
     * As expected.
     *
     * @param claims all hold
     */
    record Passed(List<Claim> claims) implements Outcome {

        public Passed {
            claims = List.copyOf(claims);
        }
    }

    /**
     * Not as expected until the end of the budget.
     *
     * @param claims at least one does not hold
     * @param reason the likely cause in one line; may be empty
     */
    record Failed(List<Claim> claims, String reason) implements Outcome {

        public Failed {
            claims = List.copyOf(claims);
        }

        public List<Claim> broken() {
            return claims.stream().filter(claim -> !claim.holds()).toList();
        }
    }

    /** The probe failed until the end of the budget. */
    record Errored(String error, String reason) implements Outcome {}

    /** The step was not selected. */
    record Skipped(String why) implements Outcome {}
}
