package dev.cnilab.evidence;

import dev.cnilab.graph.Markup;
import dev.cnilab.graph.Topology;
import dev.cnilab.graph.page.GraphPage;
import dev.cnilab.graph.page.Page;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.trace.Trace;
import dev.cnilab.verify.Outcome;
import dev.cnilab.verify.StepResult;
import dev.cnilab.verify.probe.Claim;
import dev.cnilab.verify.report.JsonReport;
import dev.cnilab.verify.report.TextReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report as an HTML file: the results, then the evidence. */
final class ReportPage {

    private final Page page;

    /**
     * @param captures the files of each step
     * @param hashes of the directory's other files
     */
    ReportPage(
            LabSpec spec,
            Map<String, String> facts,
            List<StepResult> results,
            Map<String, List<String>> captures,
            Topology topology,
            Optional<Trace> trace,
            Map<String, String> hashes) {
        page = new Page("Report of lab " + spec.name());
        Markup body = page.body();
        head(spec, results, body);
        body.open("section").element("h2", "Steps: what was expected, what was seen");
        results.forEach(result ->
                step(result, captures.getOrDefault(result.step().name(), List.of()), body));
        body.close("section").add("\n");
        GraphPage.write(topology, trace, body);
        table("Where it was", facts, body);
        body.open("section")
                .element("h2", "Files")
                .element(
                        "p",
                        "lab replay runs all expectations again on them; sha256sum -c "
                                + EvidenceFolder.SUMS
                                + " checks them, this page too.",
                        "class",
                        "faint")
                .close("section");
        table("", hashes, body);
    }

    private static void head(LabSpec spec, List<StepResult> results, Markup body) {
        boolean good = results.stream().noneMatch(StepResult::failed);
        body.open("header")
                .element("h1", spec.metadata().title())
                .element(
                        "p",
                        "lab " + spec.name() + ": " + TextReport.summary(results).strip(),
                        "class",
                        good ? "good" : "bad")
                .close("header")
                .add("\n");
    }

    private static void step(StepResult result, List<String> captures, Markup body) {
        String outcome = JsonReport.outcome(result.outcome());
        body.open("details", "class", "outcome", "open", result.failed() ? "open" : "")
                .open("summary")
                .element("span", outcome, "class", result.failed() ? "bad" : "good")
                .text(" " + result.step().title())
                .close("summary")
                .open("p", "class", "faint")
                .text("step " + result.step().name() + ", in place of ")
                .element("code", result.command())
                .close("p");
        switch (result.outcome()) {
            case Outcome.Passed passed -> claims(passed.claims(), body);
            case Outcome.Failed failed -> {
                body.element("p", failed.reason(), "class", "bad");
                claims(failed.claims(), body);
            }
            case Outcome.Errored errored -> {
                body.element("p", errored.error(), "class", "bad");
                body.element("p", errored.reason(), "class", "bad");
            }
            case Outcome.Skipped skipped -> body.element("p", skipped.why());
        }
        for (String capture : captures) {
            body.open("p").element("a", capture, "href", capture).close("p");
        }
        body.close("details").add("\n");
    }

    private static void claims(List<Claim> claims, Markup body) {
        body.open("div", "class", "wide")
                .open("table")
                .open("thead")
                .open("tr")
                .element("th", "what")
                .element("th", "expected")
                .element("th", "seen")
                .close("tr")
                .close("thead")
                .open("tbody");
        for (Claim claim : claims) {
            body.open("tr", "class", claim.holds() ? "" : "bad")
                    .element("td", claim.subject())
                    .open("td")
                    .element("pre", claim.expected())
                    .close("td")
                    .open("td")
                    .element("pre", claim.observed());
            if (!claim.evidence().isBlank() && !claim.evidence().equals(claim.observed())) {
                body.element("pre", claim.evidence(), "class", "faint");
            }
            body.close("td").close("tr");
        }
        body.close("tbody").close("table").close("div");
    }

    private static void table(String title, Map<String, String> rows, Markup body) {
        body.open("section");
        if (!title.isEmpty()) {
            body.element("h2", title);
        }
        body.open("div", "class", "wide").open("table").open("tbody");
        rows.forEach((name, value) ->
                body.open("tr").element("th", name).element("td", value).close("tr"));
        body.close("tbody").close("table").close("div").close("section").add("\n");
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
