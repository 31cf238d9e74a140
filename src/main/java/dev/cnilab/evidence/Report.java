package dev.cnilab.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.Remedy;
import dev.cnilab.base.StateFormat;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.evidence.tape.TapeJson;
import dev.cnilab.graph.Topology;
import dev.cnilab.graph.TopologyJson;
import dev.cnilab.graph.TopologyReader;
import dev.cnilab.graph.svg.SvgDrawing;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.view.TraceJson;
import dev.cnilab.verify.RunLimits;
import dev.cnilab.verify.StepFilter;
import dev.cnilab.verify.StepResult;
import dev.cnilab.verify.Verifier;
import dev.cnilab.verify.report.JsonReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Verifies a lab and writes a report: claims, all recorded replies of the cluster, captures, the
 * network's graph, a trace, and facts of the machine.
 */
public final class Report {

    static final String DOCUMENT = "report.json";
    static final String PAGE = "report.html";

    /** Of the whole folder. Lab 0.1.0 wrote version 1. */
    static final StateFormat FORMAT =
            new StateFormat(2, 2, Remedy.advise("use that version: lab replay DIR"));

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Subject subject;
    private final Cluster cluster;
    private final String version;

    /**
     * @param version of lab
     */
    public Report(Subject subject, Cluster cluster, String version) {
        this.subject = subject;
        this.cluster = cluster;
        this.version = version;
    }

    /**
     * @param path of a new or empty directory
     * @param listener receives each result
     * @return one result per step
     */
    public List<StepResult> write(Path path, Consumer<StepResult> listener)
            throws IOException, InterruptedException {
        EvidenceFolder folder = EvidenceFolder.create(path);
        Instant made = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Map<String, List<String>> captures = new LinkedHashMap<>();
        List<StepResult> results = verify(folder, captures, listener);
        Topology topology =
                new TopologyReader(cluster, subject.timeFactor()).read(subject.spec().name());
        folder.write("graph.json", text(TopologyJson.of(topology)));
        folder.write("graph.svg", SvgDrawing.of(topology));
        Optional<Trace> trace = trace(folder);
        Map<String, String> facts = facts(topology, made);
        ObjectNode document = FORMAT.mark(JsonReport.of(subject.spec().name(), results));
        subject.write(folder, document);
        ObjectNode told = document.putObject("facts");
        facts.forEach(told::put);
        folder.write(DOCUMENT, text(document));
        folder.write(
                PAGE,
                new ReportPage(
                                subject.spec(),
                                facts,
                                results,
                                captures,
                                topology,
                                trace,
                                folder.hashes())
                        .toString());
        folder.seal();
        return results;
    }

    private List<StepResult> verify(
            EvidenceFolder folder,
            Map<String, List<String>> captures,
            Consumer<StepResult> listener)
            throws IOException, InterruptedException {
        Recorder recorder = new Recorder(cluster);
        try {
            return new Verifier(
                            subject.spec(),
                            recorder,
                            new StepFilter(List.of()),
                            subject.timeFactor())
                    .run(
                            RunLimits.NONE,
                            result -> {
                                captures.put(result.step().name(), keep(folder, recorder, result));
                                listener.accept(result);
                            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * @return the names of the captures
     */
    private static List<String> keep(EvidenceFolder folder, Recorder recorder, StepResult result) {
        String step = result.step().name();
        Captures captures = new Captures(folder, step);
        try {
            folder.write(
                    "steps/" + step + ".json",
                    text(TapeJson.write(recorder.tape(), captures::keep)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return captures.files();
    }

    private Optional<Trace> trace(EvidenceFolder folder) throws IOException {
        Optional<PodTrace> made = PodTrace.make(subject, cluster);
        if (made.isPresent()) {
            folder.write("trace.json", text(TraceJson.of(made.get().trace())));
            for (Map.Entry<String, byte[]> file : made.get().captures().entrySet()) {
                folder.write(file.getKey(), file.getValue());
            }
        }
        return made.map(PodTrace::trace);
    }

    private Map<String, String> facts(Topology topology, Instant made) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("made", made.toString());
        facts.put("provider", subject.provider());
        facts.put("tunnel", topology.driver());
        facts.put(
                "nodes",
                topology.nodes().stream()
                        .map(node -> node.node().name() + " " + node.node().kubeletVersion())
                        .collect(Collectors.joining(", ")));
        facts.putAll(Facts.ofThisMachine(version));
        return facts;
    }

    private static String text(JsonNode json) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }
}
