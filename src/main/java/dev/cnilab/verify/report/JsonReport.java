package dev.cnilab.verify.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.verify.Outcome;
import dev.cnilab.verify.StepResult;
import dev.cnilab.verify.probe.Claim;
import java.util.List;

/** Writes results as a JSON document. */
public final class JsonReport {

    private JsonReport() {}

    public static ObjectNode of(String lab, List<StepResult> results) {
        Totals totals = Totals.of(results);
        ObjectNode document =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("lab", lab)
                        .put("passed", totals.passed())
                        .put("failed", totals.failed())
                        .put("skipped", totals.skipped());
        ArrayNode steps = document.putArray("steps");
        results.forEach(result -> add(result, steps.addObject()));
        return document;
    }

    private static void add(StepResult result, ObjectNode step) {
        step.put("name", result.step().name())
                .put("title", result.step().title())
                .put("command", result.command())
                .put("milliseconds", result.took().toMillis())
                .put("looks", result.looks());
        step.put("outcome", outcome(result.outcome()));
        switch (result.outcome()) {
            case Outcome.Passed passed -> claims(step, passed.claims());
            case Outcome.Failed failed ->
                    claims(step.put("reason", failed.reason()), failed.claims());
            case Outcome.Errored errored ->
                    step.put("error", errored.error()).put("reason", errored.reason());
            case Outcome.Skipped skipped -> step.put("reason", skipped.why());
        }
    }

    /** The outcome's name: passed, failed, errored, skipped. */
    public static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Passed _ -> "passed";
            case Outcome.Failed _ -> "failed";
            case Outcome.Errored _ -> "errored";
            case Outcome.Skipped _ -> "skipped";
        };
    }

    private static void claims(ObjectNode step, List<Claim> claims) {
        ArrayNode list = step.putArray("claims");
        for (Claim claim : claims) {
            list.addObject()
                    .put("subject", claim.subject())
                    .put("expected", claim.expected())
                    .put("observed", claim.observed())
                    .put("holds", claim.holds())
                    .put("evidence", claim.evidence());
        }
    }
}
