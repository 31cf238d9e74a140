package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cli.render.TerminalText;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.PlaceLookup;
import dev.cnilab.cluster.capture.MergedCapture;
import dev.cnilab.cluster.capture.RunningCapture;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.net.packet.CaptureFilter;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.FrameText;
import dev.cnilab.net.pcap.PcapngWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "capture",
        description = "Shows packets at several places at once, in the order of time.",
        footer = {
            "",
            "WHERE is a node, a pod or 'outside'; without IFACE all its interfaces. The first",
            "word that is not a place starts the filter, in tcpdump's syntax. Ctrl-C ends it.",
            "Examples:",
            "  lab capture flannel-ipip-worker:eth0 ip proto 4",
            "  lab capture demo-w4dft:eth0 demo-bxq2p:eth0 'icmp or arp'",
            "  lab capture outside -w - | wireshark -k -i -"
        })
final class CaptureCommand implements Callable<Integer> {

    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofHours(12);

    private final Context context;

    @Option(
            names = "--lab",
            converter = ValidLabName.class,
            paramLabel = "LAB",
            description = "The lab, when there are several.")
    @Nullable String lab;

    @Parameters(
            arity = "1..*",
            paramLabel = "WHERE[:IFACE]... [FILTER]",
            description = "Places to capture at, and a filter.")
    List<String> words = List.of();

    @Option(
            names = {"-w", "--write"},
            converter = OutputPath.OfFileOrStdout.class,
            paramLabel = "FILE",
            description = "Write a pcapng file; - writes it to stdout.")
    @Nullable String file;

    @Option(
            names = {"-c", "--count"},
            converter = IntRange.Count.class,
            paramLabel = "COUNT",
            description = "Stop after this many packets.")
    int count = Integer.MAX_VALUE;

    CaptureCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        LabFolder folder = context.folder(lab);
        try (Cluster cluster = context.cluster(folder)) {
            Map<String, List<String>> places = new LinkedHashMap<>();
            List<String> rest = new ArrayList<>(words);
            while (!rest.isEmpty() && (places.isEmpty() || isPlace(cluster, rest.getFirst()))) {
                String[] parts = rest.removeFirst().split(":", 2);
                places.computeIfAbsent(parts[0], _ -> new ArrayList<>())
                        .add(parts.length > 1 ? parts[1] : "any");
            }
            String filter = filter(rest).toString();
            MergedCapture merged = new MergedCapture();
            List<RunningCapture> captures = new ArrayList<>();
            try {
                for (Map.Entry<String, List<String>> place : places.entrySet()) {
                    Place location = PlaceLookup.find(cluster, place.getKey());
                    captures.add(
                            merged.add(
                                    place.getKey(),
                                    frames ->
                                            RunningCapture.start(
                                                    cluster,
                                                    location,
                                                    place.getValue(),
                                                    filter,
                                                    LONGEST,
                                                    frames)));
                }
                capture(merged, captures);
            } finally {
                captures.forEach(RunningCapture::close);
            }
        }
        return ExitCode.OK.number();
    }

    private void capture(MergedCapture merged, List<RunningCapture> captures) throws IOException {
        for (RunningCapture capture : captures) {
            capture.awaitListening(context.timeFactor().times(START));
        }
        PrintStream err = context.console().err();
        err.println("listening at " + merged.places() + "; Ctrl-C ends it");
        int shown = 0;
        try (Sink sink = sink()) {
            while (shown < count) {
                Optional<Frame> frame = merged.next();
                if (frame.isEmpty() || !sink.write(frame.get())) {
                    break;
                }
                shown++;
            }
        } catch (InterruptedException e) {
            // Ctrl-C: still print the counters below.
            Thread.currentThread().interrupt();
        }
        long received = captures.stream().mapToLong(each -> each.counts().received()).sum();
        long dropped = captures.stream().mapToLong(each -> each.counts().dropped()).sum();
        err.println(
                shown + " packets, " + received + " seen, " + dropped + " dropped by the kernel");
    }

    /** The output of frames, until its reader closes it. */
    private interface Sink extends AutoCloseable {

        boolean write(Frame frame) throws IOException;

        @Override
        void close() throws IOException;
    }

    private Sink sink() throws IOException {
        PrintStream out = context.console().out();
        if (file == null) {
            return new Sink() {
                @Override
                public boolean write(Frame frame) {
                    String line = FrameText.of(frame, frame.interfaceName(), frame.decode());
                    out.println(TerminalText.line(line));
                    return !out.checkError();
                }

                @Override
                public void close() {
                    out.flush();
                }
            };
        }
        boolean piped = file.equals("-");
        OutputStream to =
                piped ? out : new BufferedOutputStream(Files.newOutputStream(Path.of(file)));
        PcapngWriter writer = new PcapngWriter(to);
        return new Sink() {
            @Override
            public boolean write(Frame frame) throws IOException {
                writer.write(frame);
                return !piped || !out.checkError();
            }

            @Override
            public void close() throws IOException {
                writer.flush();
                if (!piped) {
                    writer.close();
                }
            }
        };
    }

    private static boolean isPlace(Cluster cluster, String word) throws IOException {
        try {
            PlaceLookup.find(cluster, word.split(":", 2)[0]);
            return true;
        } catch (Failure e) {
            return false;
        }
    }

    /**
     * @throws Failure naming the invalid word and its position
     */
    static CaptureFilter filter(List<String> words) throws Failure {
        try {
            return CaptureFilter.parse(String.join(" ", words));
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "bad-filter",
                    String.valueOf(e.getMessage()),
                    "",
                    "docs/trace.md describes the filters");
        }
    }
}
