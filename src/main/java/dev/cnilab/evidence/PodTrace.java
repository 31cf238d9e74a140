package dev.cnilab.evidence;

import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Pod;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.LinkType;
import dev.cnilab.net.pcap.PcapWriter;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.run.TraceRequest;
import dev.cnilab.trace.run.Tracer;
import dev.cnilab.verify.PodPair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The trace of a ping between two of the lab's pods, on different nodes if possible.
 *
 * @param frames all captured frames of it
 */
record PodTrace(Trace trace, List<Frame> frames) {

    PodTrace {
        frames = List.copyOf(frames);
    }

    /** Runs the trace; empty without two Ready pods. */
    static Optional<PodTrace> make(Subject subject, Cluster cluster) throws IOException {
        Optional<PodPair> pods = PodPair.find(subject.spec().verify(), cluster);
        if (pods.isEmpty()) {
            return Optional.empty();
        }
        TraceRequest ping =
                new TraceRequest(
                        name(pods.get().from()),
                        name(pods.get().to()),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        false);
        try (Tracer tracer =
                Tracer.open(cluster, subject.spec().name(), ping, subject.timeFactor())) {
            return Optional.of(new PodTrace(tracer.trace(), tracer.frames()));
        }
    }

    private static String name(Pod pod) {
        return pod.namespace() + "/" + pod.name();
    }

    /** The frames as one pcap file per link type, by name. */
    Map<String, byte[]> captures() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (LinkType type : frames.stream().map(Frame::linkType).distinct().toList()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (PcapWriter writer = new PcapWriter(bytes, type)) {
                for (Frame frame : frames) {
                    if (frame.linkType() == type) {
                        writer.write(frame);
                    }
                }
            }
            String name = type.name().toLowerCase(Locale.ROOT);
            files.put("trace/" + name + ".pcap", bytes.toByteArray());
        }
        return files;
    }
}
