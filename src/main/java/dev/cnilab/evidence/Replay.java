package dev.cnilab.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.base.Failure;
import dev.cnilab.evidence.tape.ReplayedView;
import dev.cnilab.evidence.tape.Tape;
import dev.cnilab.evidence.tape.TapeJson;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.StepSpec;
import dev.cnilab.verify.StepFilter;
import dev.cnilab.verify.StepResult;
import dev.cnilab.verify.Verifier;
import dev.cnilab.verify.report.JsonReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A verification done again on the evidence of an earlier one, by the same code that looks at live
 * clusters.
 *
 * @param damage what was changed since the report was made, a line each
 */
public record Replay(String lab, List<String> damage, List<Verdict> verdicts) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * How a step ends now.
     *
     * @param recorded how it ended then: passed, failed, errored
     */
    public record Verdict(StepResult result, String recorded) {

        public boolean same() {
            return recorded.equals(JsonReport.outcome(result.outcome()));
        }
    }

    public Replay {
        damage = List.copyOf(damage);
        verdicts = List.copyOf(verdicts);
    }

    /** Whether nothing was changed, and every step ends as it did then. */
    public boolean same() {
        return damage.isEmpty() && verdicts.stream().allMatch(Verdict::same);
    }

    public List<StepResult> results() {
        return verdicts.stream().map(Verdict::result).toList();
    }

    /**
     * Needs no cluster, no network and no privilege.
     *
     * @throws Failure when it is no folder of evidence
     * @throws SpecException when this program can't read the lab's file any more
     */
    public static Replay of(Path path) throws IOException, SpecException {
        EvidenceFolder folder = EvidenceFolder.open(path);
        List<String> damage = folder.damage();
        try {
            JsonNode document = JSON.readTree(folder.read(Report.DOCUMENT));
            Map<String, String> recorded = new HashMap<>();
            for (JsonNode step : document.path("steps")) {
                recorded.put(step.path("name").asText(), step.path("outcome").asText());
            }
            Subject subject = Subject.read(folder, document);
            List<Verdict> verdicts = new ArrayList<>();
            for (StepSpec step : subject.spec().verify().steps()) {
                verdicts.add(
                        new Verdict(
                                once(folder, subject, step),
                                recorded.getOrDefault(step.name(), "absent")));
            }
            return new Replay(subject.spec().name(), damage, verdicts);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "damaged-evidence",
                    "the evidence in " + path + " can't be read",
                    String.join("\n", damage) + "\n" + e.getMessage(),
                    "",
                    e);
        }
    }

    private static StepResult once(EvidenceFolder folder, Subject subject, StepSpec step)
            throws IOException {
        Tape tape =
                TapeJson.read(
                        JSON.readTree(folder.read("steps/" + step.name() + ".json")), folder::read);
        return new Verifier(
                        subject.spec(),
                        new ReplayedView(tape),
                        new StepFilter(List.of()),
                        subject.timeFactor())
                .once(step);
    }
}
