package dev.cnilab.cli;

import dev.cnilab.cli.render.Console;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.graph.TopologyReader;
import dev.cnilab.graph.page.GraphPage;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.LinkType;
import dev.cnilab.net.pcap.PcapWriter;
import dev.cnilab.trace.ProbePacket;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.run.TraceRequest;
import dev.cnilab.trace.run.Tracer;
import dev.cnilab.trace.view.TraceJson;
import dev.cnilab.trace.view.TraceMermaid;
import dev.cnilab.trace.view.TraceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "trace",
        description = "Follows one packet through every interface on its way, and back.",
        footer = {
            "",
            "Exit codes: 0 it arrived, 1 it was lost.",
            "Examples:",
            "  lab trace demo-w4dft demo-bxq2p",
            "  lab trace demo-w4dft demo --tcp 80",
            "  lab trace outside flannel-ipip-worker --tcp 32000",
            "  lab trace demo-w4dft 10.244.1.6 --size 1453 --df"
        })
final class TraceCommand implements Callable<Integer> {

    /** The output formats. */
    enum Format {
        text,
        json,
        /** A sequence diagram. */
        mermaid,
        /** The lab's graph, on which the trace can be stepped through. */
        html
    }

    /** The options of the probe. */
    static final class Sort {

        @Option(
                names = "--tcp",
                converter = IntRange.Port.class,
                paramLabel = "PORT",
                description = "Open a TCP connection; the default for a Service.")
        @Nullable Integer tcp;

        @Option(names = "--icmp", description = "Send an echo request; the default otherwise.")
        boolean icmp;
    }

    private final Context context;

    @Option(
            names = "--lab",
            converter = ValidLabName.class,
            paramLabel = "LAB",
            description = "The lab, when there are several.")
    @Nullable String lab;

    @Parameters(
            index = "0",
            paramLabel = "FROM",
            description = "A node, a pod (or NAMESPACE/POD), or 'outside'.")
    String from = "";

    @Parameters(
            index = "1",
            paramLabel = "TO",
            description = "One of these, a Service, or an IPv4 address.")
    String to = "";

    @ArgGroup @Nullable Sort sort;

    @Option(
            names = "--size",
            converter = IntRange.EchoPayload.class,
            paramLabel = "BYTES",
            description = "Payload of the echo request; 56 by default.")
    @Nullable Integer size;

    @Option(names = "--df", description = "Set DF: routers must not fragment it.")
    boolean dontFragment;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    Format format = Format.text;

    @Option(
            names = "--pcap",
            converter = OutputPath.OfDirectory.class,
            paramLabel = "DIR",
            description = "Write its captured frames: one pcap file per link type.")
    @Nullable Path pcap;

    TraceCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        LabFolder folder = context.folder(lab);
        try (Cluster cluster = context.cluster(folder);
                Tracer tracer =
                        Tracer.open(cluster, folder.lab(), request(), context.timeFactor())) {
            Trace trace = tracer.trace();
            Console console = context.console();
            switch (format) {
                case text -> console.out().print(TraceText.of(trace, this::styled));
                case json -> OutputOption.print(console, TraceJson.of(trace));
                case mermaid -> console.out().print(TraceMermaid.of(trace));
                case html ->
                        console.out()
                                .print(
                                        GraphPage.of(
                                                new TopologyReader(cluster, context.timeFactor())
                                                        .read(folder.lab()),
                                                Optional.of(trace)));
            }
            if (pcap != null) {
                save(tracer.frames(), pcap);
            }
            ExitCode code = trace.arrived() ? ExitCode.OK : ExitCode.VERIFICATION_FAILED;
            return code.number();
        }
    }

    /** Writes one file per link type, since tcpdump reads one link type per file. */
    private static void save(List<Frame> frames, Path directory) throws IOException {
        Files.createDirectories(directory);
        Map<LinkType, List<Frame>> byType =
                frames.stream().collect(Collectors.groupingBy(Frame::linkType));
        for (Map.Entry<LinkType, List<Frame>> each : byType.entrySet()) {
            String name = each.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-');
            Path file = directory.resolve("trace-" + name + ".pcap");
            try (PcapWriter writer = new PcapWriter(Files.newOutputStream(file), each.getKey())) {
                for (Frame frame : each.getValue()) {
                    writer.write(frame);
                }
            }
        }
    }

    private TraceRequest request() {
        Integer port = sort == null ? null : sort.tcp;
        boolean icmp = sort != null && sort.icmp;
        return new TraceRequest(
                from,
                to,
                icmp
                        ? Optional.of(ProbePacket.Protocol.ICMP)
                        : port == null ? Optional.empty() : Optional.of(ProbePacket.Protocol.TCP),
                port == null ? OptionalInt.empty() : OptionalInt.of(port),
                size == null ? OptionalInt.empty() : OptionalInt.of(size),
                dontFragment);
    }

    private String styled(TraceText.Emphasis emphasis, String text) {
        Console.Style style =
                switch (emphasis) {
                    case GOOD -> Console.Style.GOOD;
                    case BAD -> Console.Style.BAD;
                    case FAINT -> Console.Style.FAINT;
                };
        return style.of(text);
    }
}
