package dev.cnilab.graph.page;

import dev.cnilab.graph.Markup;
import dev.cnilab.graph.NodeRoute;
import dev.cnilab.graph.Port;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.ProbePacket;
import dev.cnilab.trace.Reason;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * A trace with one step per hop. Without JavaScript the page shows all steps; with it one at a
 * time, and highlights the step's interface in the picture.
 */
public final class TraceSteps {

    private TraceSteps() {}

    public static void write(Trace trace, Markup page) {
        page.open("section", "id", "trace", "aria-label", "Trace")
                .element("h2", title(trace.probe()));
        verdict(trace, page);
        page.open("nav", "id", "steps", "hidden", "hidden")
                .element("button", "← back", "id", "back", "type", "button")
                .element("output", "", "id", "position")
                .element("button", "next →", "id", "next", "type", "button")
                .close("nav");
        steps(trace.request(), "request", 1, page);
        steps(trace.reply(), "reply", 1 + trace.request().size(), page);
        page.open("ol", "id", "hops");
        contents(trace.request(), 1, page);
        contents(trace.reply(), 1 + trace.request().size(), page);
        page.close("ol").close("section").add("\n");
    }

    private static void contents(List<Hop> hops, int first, Markup page) {
        for (int i = 0; i < hops.size(); i++) {
            Port port = new Port(hops.get(i).where(), hops.get(i).interfaceName());
            page.open("li")
                    .element("a", place(port), "href", "#" + id(first + i))
                    .element("span", "+" + milliseconds(hops.get(i).nanos()), "class", "faint")
                    .close("li");
        }
    }

    private static String id(int step) {
        return "hop-" + step;
    }

    private static String title(ProbePacket probe) {
        String what =
                switch (probe.protocol()) {
                    case ICMP -> "ping of " + probe.size() + " bytes";
                    case TCP -> "TCP port " + probe.port();
                };
        return what + ": " + probe.from().name() + " → " + probe.to().name();
    }

    private static void verdict(Trace trace, Markup page) {
        switch (trace.verdict()) {
            case Verdict.Arrived(long nanos) ->
                    page.element(
                            "p",
                            "It was answered, after " + milliseconds(nanos) + ".",
                            "class",
                            "good");
            case Verdict.Lost lost -> {
                page.open("div", "class", "bad")
                        .element(
                                "p",
                                "Lost at "
                                        + place(new Port(lost.where(), lost.interfaceName()))
                                        + ": "
                                        + lost.explanation()
                                        + ".");
                if (!lost.evidence().isEmpty()) {
                    page.element("pre", String.join("\n", lost.evidence()));
                }
                if (!lost.remedy().commands().isEmpty()) {
                    page.element("p", "Fix:").element("pre", lost.remedy().script());
                }
                if (!lost.remedy().advice().isEmpty()) {
                    page.element("p", "Hint: " + lost.remedy().advice());
                }
                page.close("div");
            }
        }
        trace.unwatched()
                .forEach(place ->
                        page.element(
                                "p",
                                "Not watched: "
                                        + place(new Port(place.where(), ""))
                                        + ": "
                                        + place.why(),
                                "class",
                                "faint"));
    }

    private static void steps(List<Hop> hops, String way, int first, Markup page) {
        for (int i = 0; i < hops.size(); i++) {
            Hop hop = hops.get(i);
            Port port = new Port(hop.where(), hop.interfaceName());
            page.open(
                            "article",
                            "id",
                            id(first + i),
                            "class",
                            "step",
                            "data-port",
                            port.id(),
                            "data-route",
                            route(hop),
                            "data-way",
                            way)
                    .open("h3")
                    .element("span", way, "class", "way " + way)
                    .text(" " + place(port))
                    .close("h3")
                    .element("p", about(hop), "class", "faint");
            HeaderTable.write(hop, page);
            hop.reasons().forEach(reason -> reason(reason, page));
            page.close("article").add("\n");
        }
    }

    /** Returns the identifier of the routing table's entry for the hop, as used in the picture. */
    private static String route(Hop hop) {
        return hop.reasons().stream()
                .filter(reason -> reason.kind() == Reason.Kind.ROUTE)
                .map(reason -> NodeRoute.id(hop.where(), reason.text()))
                .findFirst()
                .orElse("");
    }

    private static String about(Hop hop) {
        String direction = hop.direction().name().toLowerCase(Locale.ROOT);
        String kind = hop.linkKind().isEmpty() ? "interface" : hop.linkKind();
        String cut = hop.frames() > 1 ? " in " + hop.frames() + " fragments" : "";
        return "+%s · %s · %s · %d bytes%s"
                .formatted(milliseconds(hop.nanos()), kind, direction, hop.length(), cut);
    }

    private static void reason(Reason reason, Markup page) {
        page.open("div", "class", "reason")
                .element("strong", name(reason.kind()))
                .text(" ")
                .element("code", reason.text());
        if (!reason.entry().isEmpty()) {
            page.element("pre", reason.entry());
        }
        if (!reason.shownBy().isEmpty()) {
            page.open("p", "class", "faint")
                    .text("shown by ")
                    .element("code", reason.shownBy())
                    .close("p");
        }
        page.close("div");
    }

    private static String name(Reason.Kind kind) {
        return switch (kind) {
            case DNAT, SNAT -> kind.name();
            case ROUTE,
                    NEIGHBOUR,
                    VETH_PAIR,
                    BRIDGE,
                    ENCAPSULATION,
                    DECAPSULATION,
                    FRAGMENTATION,
                    DELIVERY ->
                    kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** Formats a port: {@code eth0 of demo-w4dft}. */
    private static String place(Port port) {
        String name = port.location().name();
        return port.link().isEmpty() ? name : port.link() + " of " + name;
    }

    private static String milliseconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
    }
}
