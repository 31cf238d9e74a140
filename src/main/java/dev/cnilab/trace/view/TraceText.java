package dev.cnilab.trace.view;

import dev.cnilab.cluster.Place;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Header;
import dev.cnilab.trace.Change;
import dev.cnilab.trace.Endpoint;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.ProbePacket;
import dev.cnilab.trace.Reason;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders a trace for 80 columns: a table of hops per direction, each with its headers and reasons.
 */
public final class TraceText {

    /** The styles of text, for terminals with colours. */
    public enum Emphasis {
        GOOD,
        BAD,
        /** Details of minor importance. */
        FAINT
    }

    /** Applies an emphasis to text. */
    @FunctionalInterface
    public interface Style {
        String apply(Emphasis emphasis, String text);
    }

    private static final String INDENT = "      ";

    /** The width of the text next to a label, in columns. */
    private static final int DETAIL = 60;

    private final Style style;
    private final StringBuilder text = new StringBuilder();
    private final int whereWidth;
    private final int interfaceWidth;

    private TraceText(Trace trace, Style style) {
        this.style = style;
        whereWidth = width(trace, "WHERE", hop -> name(hop.where()));
        interfaceWidth = width(trace, "INTERFACE", TraceText::passage);
    }

    /** Without colours. */
    public static String of(Trace trace) {
        return of(trace, (_, plain) -> plain);
    }

    public static String of(Trace trace, Style style) {
        TraceText view = new TraceText(trace, style);
        view.title(trace);
        view.way("request", trace.request());
        view.way("reply", trace.reply());
        view.unwatched(trace);
        view.verdict(trace.verdict());
        return view.text.toString();
    }

    private void title(Trace trace) {
        ProbePacket probe = trace.probe();
        String what =
                switch (probe.protocol()) {
                    case ICMP -> "ICMP echo, " + probe.size() + " bytes";
                    case TCP -> "TCP port " + probe.port();
                };
        line(end(probe.from()) + " → " + end(probe.to()));
        line(
                what
                        + (probe.dontFragment() ? ", DF" : "")
                        + trace.tunnel().map(driver -> "   tunnel: " + driver.text()).orElse(""));
    }

    private static String end(Endpoint end) {
        String kind = end.kind() == Endpoint.Kind.SERVICE ? "Service " : "";
        return end.kind() == Endpoint.Kind.ADDRESS
                ? end.name()
                : kind + end.name() + " (" + end.address() + ")";
    }

    private void way(String name, List<Hop> hops) {
        if (hops.isEmpty()) {
            return;
        }
        line("");
        line(name);
        line(style.apply(Emphasis.FAINT, row("#", "WHERE", "INTERFACE", "µs", "TTL", "HEADERS")));
        for (int i = 0; i < hops.size(); i++) {
            Optional<Hop> before = i == 0 ? Optional.empty() : Optional.of(hops.get(i - 1));
            hop(i + 1, hops.get(i), before.map(Hop::headers).orElse(List.of()));
        }
    }

    private void hop(int number, Hop hop, List<Header> before) {
        boolean same = hop.headers().equals(before);
        line(
                row(
                        Integer.toString(number),
                        name(hop.where()),
                        passage(hop),
                        String.format(Locale.ROOT, "%.1f", hop.nanos() / 1000.0),
                        Integer.toString(hop.inner().ttl()),
                        same ? "same" : ""));
        if (!same) {
            details("headers", headers(hop));
        }
        for (Reason reason : hop.reasons()) {
            details(word(reason.kind()), List.of(reason.text(), reason.entry()));
        }
        String changes = changes(hop.changes());
        if (!changes.isEmpty()) {
            details("changed", List.of(changes));
        }
    }

    private void details(String word, List<String> what) {
        String label = word;
        for (String text : what) {
            for (String part : wrapped(text)) {
                line(INDENT + style.apply(Emphasis.FAINT, "%-13s".formatted(label)) + " " + part);
                label = "";
            }
        }
    }

    /** Wraps text to the width next to the label, at spaces only. */
    private static List<String> wrapped(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!part.isEmpty() && part.length() + 1 + word.length() > DETAIL) {
                parts.add(part.toString());
                part.setLength(0);
            }
            part.append(part.isEmpty() ? "" : " ").append(word);
        }
        if (!part.isEmpty()) {
            parts.add(part.toString());
        }
        return parts;
    }

    private static String changes(List<Change> changes) {
        return changes.stream()
                .map(change ->
                        switch (change.field()) {
                            case SOURCE_MAC -> "source MAC";
                            case DESTINATION_MAC -> "destination MAC";
                            case SOURCE -> "source " + arrow(change);
                            case DESTINATION -> "destination " + arrow(change);
                            case SOURCE_PORT -> "source port " + arrow(change);
                            case DESTINATION_PORT -> "destination port " + arrow(change);
                            case TTL -> "TTL " + arrow(change);
                            case OUTER ->
                                    change.before().isEmpty()
                                            ? "outer header added"
                                            : change.after().isEmpty()
                                                    ? "outer header removed"
                                                    : "outer header " + arrow(change);
                            case FRAGMENTS -> "fragments " + arrow(change);
                        })
                .collect(Collectors.joining(", "));
    }

    private static String arrow(Change change) {
        return change.before() + " → " + change.after();
    }

    /** One line per header, outermost first; the transport header is on the address line. */
    private static List<String> headers(Hop hop) {
        List<String> lines = new ArrayList<>();
        hop.ethernet().ifPresent(h -> lines.add(h.source() + " > " + h.destination()));
        hop.outer()
                .ifPresent(h ->
                        lines.add(h.source() + " > " + h.destination() + " proto " + h.protocol()));
        Header.Ipv4 ip = hop.inner();
        lines.add(
                ip.source()
                        + " > "
                        + ip.destination()
                        + hop.headers().stream()
                                .flatMap(TraceText::transport)
                                .collect(Collectors.joining())
                        + (hop.frames() > 1 ? ", " + hop.frames() + " fragments" : ""));
        return lines;
    }

    private static Stream<String> transport(Header header) {
        return switch (header) {
            case Header.Icmp h ->
                    Stream.of(
                            switch (h.type()) {
                                case Header.Icmp.ECHO_REQUEST -> " echo request";
                                case Header.Icmp.ECHO_REPLY -> " echo reply";
                                case Header.Icmp.UNREACHABLE ->
                                        h.code() == Header.Icmp.FRAGMENTATION_NEEDED
                                                ? " too big, MTU " + h.nextHopMtu()
                                                : " " + h.unreachable();
                                case Header.Icmp.TIME_EXCEEDED -> " time exceeded";
                                default -> " icmp type " + h.type();
                            });
            case Header.Tcp h -> Stream.of(" tcp " + h.sourcePort() + " > " + h.destinationPort());
            default -> Stream.empty();
        };
    }

    private void unwatched(Trace trace) {
        if (!trace.unwatched().isEmpty()) {
            line("");
        }
        trace.unwatched()
                .forEach(place -> line("not watched: " + name(place.where()) + ": " + place.why()));
    }

    private void verdict(Verdict verdict) {
        line("");
        switch (verdict) {
            case Verdict.Arrived(long nanos) ->
                    line(
                            style.apply(Emphasis.GOOD, "✓ arrived")
                                    + String.format(
                                            Locale.ROOT, ", answered after %.2f ms", nanos / 1e6));
            case Verdict.Lost lost -> {
                String way = lost.way() == Verdict.Way.REQUEST ? "on its way" : "on the way back";
                line(
                        style.apply(Emphasis.BAD, "✗ lost " + way)
                                + " at "
                                + name(lost.where())
                                + (lost.interfaceName().isEmpty()
                                        ? ""
                                        : ", after " + lost.interfaceName())
                                + " ("
                                + word(lost.loss())
                                + ")");
                line("  " + lost.explanation());
                lost.evidence().forEach(each -> line("    " + each));
                section("fix", String.join("\n       then: ", lost.remedy().commands()));
                section("hint", lost.remedy().advice());
            }
        }
    }

    private void section(String title, String text) {
        if (!text.isEmpty()) {
            line("  " + title + ": " + text);
        }
    }

    private String row(
            String number, String where, String link, String micros, String ttl, String headers) {
        return String.format(
                "%3s  %-" + whereWidth + "s  %-" + interfaceWidth + "s %9s %4s  %s",
                number,
                where,
                link,
                micros,
                ttl,
                headers);
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    private static int width(Trace trace, String heading, Function<Hop, String> cell) {
        return Stream.concat(trace.request().stream(), trace.reply().stream())
                .map(cell)
                .mapToInt(String::length)
                .reduce(heading.length(), Math::max);
    }

    private static String passage(Hop hop) {
        return hop.interfaceName() + (hop.direction() == Frame.Direction.OUT ? " out" : " in");
    }

    /** The name shown to the user. */
    static String name(Place location) {
        return switch (location) {
            case Place.OnNode(String node) -> node;
            case Place.InPod(_, String pod) -> pod;
            case Place.Outside() -> "outside";
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
