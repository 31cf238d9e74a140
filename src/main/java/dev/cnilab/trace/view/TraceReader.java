package dev.cnilab.trace.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.base.Remedy;
import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.trace.Change;
import dev.cnilab.trace.DropReason;
import dev.cnilab.trace.Endpoint;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.ProbePacket;
import dev.cnilab.trace.Reason;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.Unwatched;
import dev.cnilab.trace.Verdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads what {@link TraceJson} writes. */
public final class TraceReader {

    private TraceReader() {}

    /**
     * @throws IllegalArgumentException if it is not a trace
     */
    public static Trace read(JsonNode json) {
        return new Trace(
                json.path("lab").asText(),
                TunnelDriver.of(json.path("tunnel").asText()),
                probe(json.path("probe")),
                instant(json.path("start").asText()),
                list(json.path("request"), TraceReader::hop),
                list(json.path("reply"), TraceReader::hop),
                verdict(json.path("verdict")),
                list(
                        json.path("unwatched"),
                        each ->
                                new Unwatched(
                                        location(each.path("where")), each.path("why").asText())));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no trace: start '" + text + "'", e);
        }
    }

    private static ProbePacket probe(JsonNode json) {
        return new ProbePacket(
                endpoint(json.path("from")),
                endpoint(json.path("to")),
                value(ProbePacket.Protocol.class, json.path("protocol")),
                json.path("port").asInt(),
                json.path("size").asInt(),
                json.path("dontFragment").asBoolean());
    }

    private static Endpoint endpoint(JsonNode json) {
        return new Endpoint(
                value(Endpoint.Kind.class, json.path("kind")),
                json.path("name").asText(),
                Ipv4Address.parse(json.path("address").asText()),
                json.has("where") ? Optional.of(location(json.path("where"))) : Optional.empty());
    }

    private static Place location(JsonNode json) {
        return switch (json.path("kind").asText()) {
            case "node" -> new Place.OnNode(json.path("name").asText());
            case "pod" ->
                    new Place.InPod(json.path("namespace").asText(), json.path("name").asText());
            case "outside" -> new Place.Outside();
            default -> throw new IllegalArgumentException("no trace: a place is " + json);
        };
    }

    private static Hop hop(JsonNode json) {
        return new Hop(
                location(json.path("where")),
                json.path("interface").asText(),
                json.path("linkKind").asText(),
                value(Frame.Direction.class, json.path("direction")),
                json.path("nanos").asLong(),
                list(json.path("headers"), HeaderJson::read),
                json.path("length").asInt(),
                json.path("frames").asInt(),
                list(json.path("changes"), TraceReader::change),
                list(json.path("reasons"), TraceReader::reason));
    }

    private static Change change(JsonNode json) {
        return new Change(
                value(Change.Field.class, json.path("field")),
                json.path("before").asText(),
                json.path("after").asText(),
                value(Reason.Kind.class, json.path("because")));
    }

    private static Reason reason(JsonNode json) {
        return new Reason(
                value(Reason.Kind.class, json.path("kind")),
                json.path("text").asText(),
                json.path("entry").asText(),
                json.path("shownBy").asText());
    }

    private static Verdict verdict(JsonNode json) {
        return json.path("arrived").asBoolean()
                ? new Verdict.Arrived(json.path("roundTripNanos").asLong())
                : new Verdict.Lost(
                        value(Verdict.Way.class, json.path("way")),
                        location(json.path("where")),
                        json.path("interface").asText(),
                        value(DropReason.class, json.path("loss")),
                        json.path("explanation").asText(),
                        list(json.path("evidence"), JsonNode::asText),
                        new Remedy(
                                json.path("remedy").asText().lines().toList(),
                                json.path("advice").asText()));
    }

    private static <E extends Enum<E>> E value(Class<E> type, JsonNode json) {
        return Enum.valueOf(type, json.asText().toUpperCase(Locale.ROOT));
    }

    private static <T> List<T> list(JsonNode json, Function<JsonNode, T> read) {
        return StreamSupport.stream(json.spliterator(), false).map(read).toList();
    }
}
