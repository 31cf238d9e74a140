package dev.cnilab.verify.report;

import dev.cnilab.verify.Outcome;
import dev.cnilab.verify.StepResult;
import java.util.List;

/** Writes results in the Test Anything Protocol, version 13 (testanything.org). */
public final class TapReport {

    private TapReport() {}

    public static String of(List<StepResult> results) {
        StringBuilder text = new StringBuilder("TAP version 13\n1.." + results.size() + "\n");
        int number = 0;
        for (StepResult result : results) {
            number++;
            text.append(result.failed() ? "not ok " : "ok ")
                    .append(number)
                    .append(" - ")
                    .append(result.step().name())
                    .append(
                            result.outcome() instanceof Outcome.Skipped skipped
                                    ? " # SKIP " + skipped.why()
                                    : "")
                    .append('\n');
            if (result.failed()) {
                TextReport.step(result)
                        .lines()
                        .forEach(line -> text.append("# ").append(line).append('\n'));
            }
        }
        return text.toString();
    }
}
