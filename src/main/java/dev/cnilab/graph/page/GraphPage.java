package dev.cnilab.graph.page;

import dev.cnilab.graph.Markup;
import dev.cnilab.graph.Topology;
import dev.cnilab.graph.svg.SvgDrawing;
import dev.cnilab.trace.Trace;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The HTML page of a lab's network, with a trace to step through. */
public final class GraphPage {

    private GraphPage() {}

    public static String of(Topology topology, Optional<Trace> trace) {
        Page page = new Page("lab " + topology.lab());
        write(topology, trace, page.body());
        return page.toString();
    }

    /** Writes the content as a part of a page. */
    public static void write(Topology topology, Optional<Trace> trace, Markup page) {
        page.open("main", "class", trace.isPresent() ? "stepped" : "")
                .open("section", "id", "picture", "aria-label", "Picture")
                .add(SvgDrawing.inline(topology))
                .close("section")
                .add("\n");
        trace.ifPresent(steps -> TraceSteps.write(steps, page));
        page.close("main").add("\n");
        PlaceDetails.write(topology, page);
        page.element(
                "p",
                "As it was at " + topology.taken().truncatedTo(ChronoUnit.SECONDS),
                "class",
                "faint");
    }
}
