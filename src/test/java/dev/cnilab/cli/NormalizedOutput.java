package dev.cnilab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Normalizes a text or a trace for comparison between labs: names, addresses and MACs are replaced
 * by numbers in the order of their first appearance, so that identities can still be compared.
 */
final class NormalizedOutput {

    private static final Pattern NAMES =
            Pattern.compile(
                    "(?<mac>(?:[0-9a-f]{2}:){5}[0-9a-f]{2})|(?<address>\\d+(?:\\.\\d+){3}|fe80::[0-9a-f:]+)"
                            + "|(?<pod>(?:demo|lab-ipip)-[0-9a-z]{5}\\b)|(?<link>(?:veth|br-)[0-9a-z]+)");
    private static final List<String> KINDS = List.of("mac", "address", "pod", "link");

    private final String lab;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    NormalizedOutput(String lab) {
        this.lab = lab;
    }

    String of(String text) {
        return NAMES.matcher(text.replace(lab + "-", ""))
                .replaceAll(match -> names.computeIfAbsent(match.group(), _ -> numbered(match)));
    }

    private String numbered(MatchResult match) {
        String kind =
                KINDS.stream().filter(each -> match.group(each) != null).findFirst().orElseThrow();
        return kind + counts.merge(kind, 1, Integer::sum);
    }

    /** A line per hop, and one per header, change and reason of it. */
    List<String> ofTrace(JsonNode trace) {
        List<String> lines = new ArrayList<>();
        for (String way : List.of("request", "reply")) {
            lines.add(way);
            trace.path(way).forEach(hop -> hop(hop, lines));
        }
        JsonNode verdict = trace.path("verdict");
        lines.add(
                of(
                        words(verdict, "arrived", "way", "loss", "explanation", "remedy")
                                + verdict.path("where").path("name").asText()));
        lines.add("tunnel " + trace.path("tunnel").asText());
        lines.add("not watched: " + trace.path("unwatched").size());
        return lines;
    }

    private void hop(JsonNode hop, List<String> lines) {
        String where = words(hop.path("where"), "kind", "name");
        lines.add(of(where + words(hop, "interface", "linkKind", "direction", "length", "frames")));
        for (JsonNode header : hop.path("headers")) {
            lines.add(
                    "  header "
                            + of(
                                    words(
                                            header,
                                            "type",
                                            "source",
                                            "destination",
                                            "etherType",
                                            "protocol",
                                            "ttl",
                                            "totalLength",
                                            "dontFragment",
                                            "icmpType",
                                            "flags")));
        }
        for (JsonNode change : hop.path("changes")) {
            boolean port = change.path("field").asText().endsWith("_port");
            lines.add(
                    "  change "
                            + words(change, "field", "because")
                            + (port ? "" : of(words(change, "before", "after"))));
        }
        for (JsonNode reason : hop.path("reasons")) {
            // Each provider has its own NAT rules.
            boolean route = reason.path("kind").asText().equalsIgnoreCase("route");
            lines.add(
                    "  reason " + words(reason, "kind") + of(words(reason, route ? "entry" : "")));
        }
    }

    private static String words(JsonNode json, String... fields) {
        StringBuilder words = new StringBuilder();
        for (String field : fields) {
            words.append(json.path(field).asText()).append(' ');
        }
        return words.toString();
    }
}
