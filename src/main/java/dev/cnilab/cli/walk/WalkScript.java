package dev.cnilab.cli.walk;

import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.Console.Style;
import dev.cnilab.spec.WalkthroughSpec.Fault;
import dev.cnilab.walk.Faults;
import dev.cnilab.walk.Language;
import dev.cnilab.walk.NumberedPage;
import dev.cnilab.walk.PageRun;
import dev.cnilab.walk.Walk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs a walkthrough without a reader: all pages, then all faults, injected and repaired. */
public final class WalkScript {

    private final Walk walk;
    private final Faults faults;
    private final Language language;
    private final Messages messages;
    private final PageText pages;
    private final Screen screen;

    public WalkScript(Walk walk, Faults faults, Language language, PageText pages, Screen screen) {
        this.walk = walk;
        this.faults = faults;
        this.language = language;
        this.messages = new Messages(language);
        this.pages = pages;
        this.screen = screen;
    }

    /**
     * @return one text per failed expectation; empty if all hold
     */
    public List<String> run() throws IOException, InterruptedException {
        List<String> drift = new ArrayList<>();
        for (NumberedPage page : walk.pages()) {
            pages.intro(page);
            PageRun run = walk.run(page);
            pages.outcome(run);
            if (!run.asExpected()) {
                drift.add(
                        "page "
                                + page.id()
                                + "\n  expected: "
                                + String.join("\n            ", run.missing())
                                + "\n  actual: "
                                + indented(run.output()));
            }
        }
        walk.undoAll();
        for (Fault fault : faults.all()) {
            try {
                solve(fault);
            } catch (Failure e) {
                drift.add(
                        "fault "
                                + fault.id()
                                + "\n  "
                                + e.what()
                                + "\n  actual: "
                                + indented(e.evidence()));
            }
        }
        return drift;
    }

    private void solve(Fault fault) throws IOException, InterruptedException {
        Faults.Broken broken = faults.breakIt(fault);
        screen.line("\n$ " + Style.STRONG.of("break " + fault.id()));
        pages.paragraphs(broken.text(fault.story(), language));
        pages.symptom(broken.check());
        broken.solve();
        screen.line("$ " + Style.STRONG.of("solve"));
        pages.paragraphs(
                messages.get("solution") + ": " + broken.text(fault.solution(), language).strip());
        screen.line(Style.GOOD.of("✓ " + messages.get("whole")));
    }

    private static String indented(String text) {
        return text.strip().replace("\n", "\n        ");
    }
}
