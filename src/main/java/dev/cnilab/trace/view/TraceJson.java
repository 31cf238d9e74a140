package dev.cnilab.trace.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cluster.Place;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.trace.Change;
import dev.cnilab.trace.Endpoint;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.ProbePacket;
import dev.cnilab.trace.Reason;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * Writes a trace as a JSON document; {@link TraceReader} reads it. Enum constants are in lower
 * case.
 */
public final class TraceJson {

    private TraceJson() {}

    public static ObjectNode of(Trace trace) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("lab", trace.lab());
        json.put("tunnel", trace.tunnel().map(TunnelDriver::text).orElse(""));
        json.put("start", trace.start().toString());
        json.set("probe", probe(trace.probe()));
        json.set("request", hops(trace.request()));
        json.set("reply", hops(trace.reply()));
        json.set("verdict", verdict(trace.verdict()));
        ArrayNode unwatched = json.putArray("unwatched");
        trace.unwatched()
                .forEach(place -> {
                    ObjectNode each = unwatched.addObject();
                    each.set("where", location(place.where()));
                    each.put("why", place.why());
                });
        return json;
    }

    private static ObjectNode probe(ProbePacket probe) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("from", endpoint(probe.from()));
        json.set("to", endpoint(probe.to()));
        return json.put("protocol", small(probe.protocol()))
                .put("port", probe.port())
                .put("size", probe.size())
                .put("dontFragment", probe.dontFragment());
    }

    private static ObjectNode endpoint(Endpoint endpoint) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", small(endpoint.kind()))
                        .put("name", endpoint.name())
                        .put("address", endpoint.address().toString());
        endpoint.location().ifPresent(location -> json.set("where", location(location)));
        return json;
    }

    static ObjectNode location(Place location) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (location) {
            case Place.OnNode(String node) -> json.put("kind", "node").put("name", node);
            case Place.InPod(String namespace, String pod) ->
                    json.put("kind", "pod").put("namespace", namespace).put("name", pod);
            case Place.Outside() -> json.put("kind", "outside");
        };
    }

    private static ArrayNode hops(List<Hop> hops) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        hops.forEach(hop -> json.add(hop(hop)));
        return json;
    }

    private static ObjectNode hop(Hop hop) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("where", location(hop.where()));
        json.put("interface", hop.interfaceName())
                .put("linkKind", hop.linkKind())
                .put("direction", small(hop.direction()))
                .put("nanos", hop.nanos())
                .put("length", hop.length())
                .put("frames", hop.frames());
        ArrayNode headers = json.putArray("headers");
        hop.headers().forEach(header -> headers.add(HeaderJson.of(header)));
        ArrayNode changes = json.putArray("changes");
        hop.changes().forEach(change -> changes.add(change(change)));
        ArrayNode reasons = json.putArray("reasons");
        hop.reasons().forEach(reason -> reasons.add(reason(reason)));
        return json;
    }

    private static ObjectNode change(Change change) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("field", small(change.field()))
                .put("before", change.before())
                .put("after", change.after())
                .put("because", small(change.because()));
    }

    private static ObjectNode reason(Reason reason) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", small(reason.kind()))
                .put("text", reason.text())
                .put("entry", reason.entry())
                .put("shownBy", reason.shownBy());
    }

    private static ObjectNode verdict(Verdict verdict) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (verdict) {
            case Verdict.Arrived(long nanos) ->
                    json.put("arrived", true).put("roundTripNanos", nanos);
            case Verdict.Lost lost -> {
                json.put("arrived", false).put("way", small(lost.way()));
                json.set("where", location(lost.where()));
                json.put("interface", lost.interfaceName())
                        .put("loss", small(lost.loss()))
                        .put("explanation", lost.explanation());
                ArrayNode evidence = json.putArray("evidence");
                lost.evidence().forEach(evidence::add);
                yield json.put("remedy", lost.remedy().script())
                        .put("advice", lost.remedy().advice());
            }
        };
    }

    private static String small(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
