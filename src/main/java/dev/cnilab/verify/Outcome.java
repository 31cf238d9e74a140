package dev.cnilab.verify;

import dev.cnilab.verify.probe.Claim;
import java.util.List;

/** How a step ended. */
public sealed interface Outcome {

    /**
     * @param claims all hold
     */
    record Passed(List<Claim> claims) implements Outcome {

        public Passed {
            claims = List.copyOf(claims);
        }
    }

    /**
     * Not as expected, to the end of the budget.
     *
     * @param claims at least one does not hold
     * @param reason the likeliest, in one line; may be empty
     */
    record Failed(List<Claim> claims, String reason) implements Outcome {

        public Failed {
            claims = List.copyOf(claims);
        }

        public List<Claim> broken() {
            return claims.stream().filter(claim -> !claim.holds()).toList();
        }
    }

    /** It could not be looked at, to the end of the budget. */
    record Errored(String error, String reason) implements Outcome {}

    /** Nobody asked for it. */
    record Skipped(String why) implements Outcome {}
}
