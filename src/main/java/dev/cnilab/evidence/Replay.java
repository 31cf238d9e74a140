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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A verification repeated on the evidence of an earlier one, by the same code as on live clusters.
 *
 * @param damage changes of the report since its creation, one line each
 */
public record Replay(String lab, List<String> damage, List<Verdict> verdicts) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The result of a step.
     *
     * @param recorded the original outcome: passed, failed, errored
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

    /** Whether the evidence is unchanged and every step has its original outcome. */
    public boolean same() {
        return damage.isEmpty() && verdicts.stream().allMatch(Verdict::same);
    }

    public List<StepResult> results() {
        return verdicts.stream().map(Verdict::result).toList();
    }

    /**
     * Replays a report; needs no cluster, network or privilege.
     *
     * @throws Failure if it is not a report's directory, or one of another version
     * @throws SpecException if this version of lab cannot parse the lab's file
     */
    public static Replay of(Path path) throws IOException, SpecException {
        SealedFolder folder = SealedFolder.open(path);
        List<String> damage = folder.damage();
        try {
            JsonNode document = JSON.readTree(folder.read(Report.DOCUMENT));
            Report.FORMAT.require(document, path.resolve(Report.DOCUMENT));
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
        } catch (NoSuchFileException
                | JsonProcessingException
                | IllegalArgumentException
                | DateTimeException e) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "damaged-evidence",
                    "the report in " + path + " can't be read",
                    String.join("\n", damage) + "\n" + e.getMessage(),
                    "",
                    e);
        }
    }

    private static StepResult once(SealedFolder folder, Subject subject, StepSpec step)
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
