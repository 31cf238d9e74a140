package dev.cnilab.trace.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.Place;
import dev.cnilab.evidence.tape.RecordedReply;
import dev.cnilab.evidence.tape.RecordingView;
import dev.cnilab.evidence.tape.ReplayedView;
import dev.cnilab.evidence.tape.Tape;
import dev.cnilab.net.pcap.CaptureReader;
import dev.cnilab.testbed.TapeFolder;
import dev.cnilab.trace.ProbePacket;
import dev.cnilab.trace.Trace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One trace as it was recorded in a real lab.
 *
 * @param clock what it showed each time that it was asked
 */
public record TraceTape(TraceRequest request, List<Instant> clock, Tape tape) {

    /** Traces in a lab, and keeps the tape under that name. */
    public static Trace record(String name, ClusterView cluster, String lab, TraceRequest request)
            throws IOException {
        RecordingView view = new RecordingView(cluster);
        List<Instant> clock = new ArrayList<>();
        Trace trace;
        try (Tracer tracer =
                Tracer.open(
                        view,
                        lab,
                        request,
                        TimeFactor.NONE,
                        () -> {
                            clock.add(Instant.now());
                            return clock.getLast();
                        })) {
            trace = tracer.trace();
        }
        new TraceTape(request, clock, view.tape()).write(name);
        return trace;
    }

    private void write(String name) throws IOException {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("from", request.from())
                        .put("to", request.to());
        request.protocol().ifPresent(protocol -> json.put("protocol", protocol.name()));
        request.port().ifPresent(port -> json.put("port", port));
        request.size().ifPresent(size -> json.put("size", size));
        json.put("dontFragment", request.dontFragment());
        clock.forEach(time -> json.withArray("clock").add(time.toString()));
        TapeFolder.of("trace/run", name).write(json, tape);
    }

    static TraceTape read(String name) throws IOException {
        TapeFolder folder = TapeFolder.of("trace/run", name);
        JsonNode json = folder.document();
        TraceRequest request =
                new TraceRequest(
                        json.path("from").asText(),
                        json.path("to").asText(),
                        Optional.ofNullable(json.get("protocol"))
                                .map(each -> ProbePacket.Protocol.valueOf(each.asText())),
                        number(json, "port"),
                        number(json, "size"),
                        json.path("dontFragment").asBoolean());
        List<Instant> clock = new ArrayList<>();
        json.path("clock").forEach(time -> clock.add(Instant.parse(time.asText())));
        return new TraceTape(request, clock, folder.tape());
    }

    private static OptionalInt number(JsonNode json, String field) {
        return json.has(field) ? OptionalInt.of(json.path(field).asInt()) : OptionalInt.empty();
    }

    /** What the tape shows. */
    ClusterView view() {
        return new ReplayedView(tape);
    }

    /**
     * {@code control-plane}, {@code worker}, or the demo pod of one: {@code pod}, {@code
     * worker-pod}.
     */
    Place place(String role) throws IOException {
        HopPath roles = new HopPath(TapeFolder.LAB, view().pods());
        return view().places().stream()
                .filter(place ->
                        !(place instanceof Place.InPod(String namespace, _))
                                || namespace.equals("default"))
                .filter(place -> roles.role(place).equals(role))
                .findFirst()
                .orElseThrow();
    }

    /** All that was captured since the probe was sent. */
    List<Sighting> sightings() throws IOException {
        List<Sighting> sightings = new ArrayList<>();
        for (Tape.Entry entry : tape.entries()) {
            if (entry.answer() instanceof RecordedReply.Streamed(byte[] capture, _)) {
                Place place = entry.question().at().orElseThrow();
                CaptureReader.readAll(new ByteArrayInputStream(capture)).frames().stream()
                        .filter(frame -> !frame.time().isBefore(clock.getFirst()))
                        .forEach(frame -> sightings.add(Sighting.of(place, frame)));
            }
        }
        return sightings;
    }

    /** What a tracer makes of the tape. */
    Trace replay() throws IOException {
        Iterator<Instant> times = clock.iterator();
        try (Tracer tracer =
                Tracer.open(view(), TapeFolder.LAB, request, TimeFactor.NONE, times::next)) {
            return tracer.trace();
        }
    }
}
