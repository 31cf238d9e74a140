package dev.cnilab.trace.view;

import dev.cnilab.net.packet.Header;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Renders a trace as a Mermaid sequence diagram, with a lifeline per interface and an arrow per
 * step.
 */
public final class TraceMermaid {

    private final StringBuilder text = new StringBuilder("sequenceDiagram\n");
    private final Map<String, String> lifelines = new LinkedHashMap<>();

    private TraceMermaid() {}

    public static String of(Trace trace) {
        TraceMermaid diagram = new TraceMermaid();
        trace.request().forEach(diagram::lifeline);
        trace.reply().forEach(diagram::lifeline);
        diagram.way(trace.request(), "->>");
        diagram.way(trace.reply(), "-->>");
        diagram.verdict(trace);
        return diagram.text.toString();
    }

    private void lifeline(Hop hop) {
        lifelines.computeIfAbsent(
                key(hop),
                key -> {
                    String id = "i" + lifelines.size();
                    text.append("  participant ").append(id).append(" as ").append(key);
                    text.append('\n');
                    return id;
                });
    }

    private void way(List<Hop> hops, String arrow) {
        for (int i = 1; i < hops.size(); i++) {
            Hop hop = hops.get(i);
            text.append("  ").append(lifelines.get(key(hops.get(i - 1)))).append(arrow);
            text.append(lifelines.get(key(hop))).append(": ").append(label(hop)).append('\n');
        }
    }

    private static String label(Hop hop) {
        Header.Ipv4 ip = hop.inner();
        String outer = hop.outer().map(h -> h.source() + " > " + h.destination() + " [").orElse("");
        return String.format(
                Locale.ROOT,
                "%s%s > %s TTL %d%s, %.1f µs",
                outer,
                ip.source(),
                ip.destination(),
                ip.ttl(),
                outer.isEmpty() ? "" : "]",
                hop.nanos() / 1000.0);
    }

    private void verdict(Trace trace) {
        List<Hop> seen = trace.reply().isEmpty() ? trace.request() : trace.reply();
        if (!seen.isEmpty()) {
            text.append("  Note over ").append(lifelines.get(key(seen.getLast()))).append(": ");
            text.append(
                    switch (trace.verdict()) {
                        case Verdict.Arrived _ -> "arrived";
                        // A semicolon ends a statement in Mermaid.
                        case Verdict.Lost lost -> "lost: " + lost.explanation().replace(';', ',');
                    });
            text.append('\n');
        }
    }

    private static String key(Hop hop) {
        return TraceText.name(hop.where()) + " " + hop.interfaceName();
    }
}
