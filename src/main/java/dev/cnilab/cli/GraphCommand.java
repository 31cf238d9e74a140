package dev.cnilab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.graph.Topology;
import dev.cnilab.graph.TopologyJson;
import dev.cnilab.graph.TopologyMermaid;
import dev.cnilab.graph.TopologyReader;
import dev.cnilab.graph.TopologyText;
import dev.cnilab.graph.page.GraphPage;
import dev.cnilab.graph.svg.SvgDrawing;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.view.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "graph",
        description = "Draws the lab's network as it is now: links, addresses, routes, tunnel.",
        footer = {"", "Example: lab graph -o html -w lab.html"})
final class GraphCommand implements Callable<Integer> {

    /** The output formats. */
    enum Format {
        text,
        json,
        mermaid,
        svg,
        html
    }

    private final Context context;

    @Mixin LabArgument lab = new LabArgument();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    Format format = Format.text;

    @Option(
            names = {"-w", "--write"},
            converter = OutputPath.OfFile.class,
            paramLabel = "FILE",
            description = "Write to a file instead of stdout.")
    @Nullable Path file;

    @Option(
            names = "--trace-file",
            paramLabel = "FILE",
            description = "A trace to step through, as lab trace -o json writes it; for html.")
    @Nullable Path traceFile;

    GraphCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        LabFolder folder = context.folder(lab.name);
        Topology topology;
        try (Cluster cluster = context.cluster(folder)) {
            topology = new TopologyReader(cluster, context.timeFactor()).read(folder.lab());
        }
        String drawing = draw(topology);
        if (file == null) {
            context.console().out().print(drawing);
        } else {
            Files.writeString(file, drawing);
        }
        return ExitCode.OK.number();
    }

    private String draw(Topology topology) throws IOException {
        return switch (format) {
            case text -> TopologyText.of(topology);
            case json -> OutputOption.text(TopologyJson.of(topology));
            case mermaid -> TopologyMermaid.of(topology);
            case svg -> SvgDrawing.of(topology);
            case html -> GraphPage.of(topology, trace());
        };
    }

    private Optional<Trace> trace() throws IOException {
        if (traceFile == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    TraceReader.read(new ObjectMapper().readTree(Files.readAllBytes(traceFile))));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "no-trace",
                    traceFile + " is not a trace",
                    String.valueOf(e.getMessage()),
                    "lab trace FROM TO -o json writes one",
                    e);
        }
    }
}
