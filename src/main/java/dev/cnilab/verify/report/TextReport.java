package dev.cnilab.verify.report;

import dev.cnilab.verify.Outcome;
import dev.cnilab.verify.StepResult;
import dev.cnilab.verify.probe.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Writes results as text: one line per step, failures with details. */
public final class TextReport {

    private TextReport() {}

    /** A step, with details if it failed; empty for one that was not checked. */
    public static String step(StepResult result) {
        String head = result.step().name() + "  " + result.step().title();
        return switch (result.outcome()) {
            case Outcome.Passed passed ->
                    "✓ "
                            + head
                            + "  ("
                            + count(passed.claims().size())
                            + ", "
                            + seconds(result)
                            + ")\n";
            case Outcome.Skipped _ -> "";
            case Outcome.Errored errored ->
                    "✗ "
                            + head
                            + "  ("
                            + seconds(result)
                            + ")\n"
                            + line("command", result.command())
                            + line("error", errored.error())
                            + line("likely", errored.reason());
            case Outcome.Failed failed ->
                    "✗ "
                            + head
                            + "  ("
                            + seconds(result)
                            + ")\n"
                            + line("command", result.command())
                            + broken(failed.broken())
                            + line("likely", failed.reason());
        };
    }

    /**
     * A step whose first attempt failed, with the first of what does not hold.
     *
     * @param rest how long the step is repeated
     */
    public static String retrying(StepResult first, Duration rest) {
        String why =
                switch (first.outcome()) {
                    case Outcome.Failed failed ->
                            failed.broken().stream().findFirst().map(TextReport::brief).orElse("");
                    case Outcome.Errored errored -> errored.error();
                    case Outcome.Passed _, Outcome.Skipped _ -> "";
                };
        return "… %s  does not hold yet, checking again for up to %d s\n%s"
                .formatted(first.step().name(), rest.toSeconds(), line("seen", why));
    }

    private static String brief(Claim claim) {
        return claim.subject()
                + "\nexpected "
                + claim.expected().strip()
                + "\nobserved "
                + claim.observed().strip();
    }

    /** "19 passed, 1 failed, 0 skipped", alone on its line. */
    public static String summary(List<StepResult> results) {
        Totals totals = Totals.of(results);
        return totals.passed()
                + " passed, "
                + totals.failed()
                + " failed, "
                + totals.skipped()
                + " skipped\n";
    }

    private static String broken(List<Claim> claims) {
        StringBuilder text = new StringBuilder();
        for (Claim claim : claims) {
            text.append("    ").append(claim.subject()).append('\n');
            text.append(line("  expected", claim.expected()));
            text.append(line("  seen", claim.observed()));
            text.append(line("  evidence", claim.evidence()));
        }
        return text.toString();
    }

    private static String line(String title, String text) {
        return text.isBlank()
                ? ""
                : "    " + title + ": " + text.strip().replace("\n", "\n        ") + "\n";
    }

    private static String count(int claims) {
        return claims == 1 ? "1 claim" : claims + " claims";
    }

    private static String seconds(StepResult result) {
        return String.format(Locale.ROOT, "%.1f s", result.took().toMillis() / 1000.0);
    }
}
