package dev.cnilab.cli.walk;

import dev.cnilab.cli.render.Console.Style;
import dev.cnilab.cli.render.Paragraphs;
import dev.cnilab.spec.WalkthroughSpec.Text;
import dev.cnilab.verify.probe.TemplateContext;
import dev.cnilab.walk.CommandRun;
import dev.cnilab.walk.FaultCheck;
import dev.cnilab.walk.Language;
import dev.cnilab.walk.NumberedPage;
import dev.cnilab.walk.PageRun;
import dev.cnilab.walk.Walk;
import java.io.IOException;
import java.time.Duration;

/** Shows pages on a screen. */
public final class PageText {

    /** The gutter of highlighted lines, visible without colours, too. */
    private static final String MATTERS = "▸ ";

    private static final String OTHER = "  ";

    /** Reading speed in columns per second. */
    private static final int READING_SPEED = 25;

    private final Walk walk;
    private final Language language;
    private final Messages messages;
    private final Screen screen;

    public PageText(Walk walk, Language language, Messages messages, Screen screen) {
        this.walk = walk;
        this.language = language;
        this.messages = messages;
        this.screen = screen;
    }

    /** Prints a page's text before its output. */
    void intro(NumberedPage page) throws IOException {
        TemplateContext view = walk.look();
        if (page.first()) {
            String title = "══ " + view.fill(language.of(page.chapter().title())) + " ";
            int rest = Math.max(0, Math.min(80, screen.columns()) - Paragraphs.width(title));
            screen.line("\n" + Style.STRONG.of(title + "═".repeat(rest)));
        }
        String number = page.number() + "/" + walk.pages().size();
        screen.line(
                "\n"
                        + Style.STRONG.of(
                                number + "  " + view.fill(language.of(page.page().title())))
                        + "  "
                        + Style.FAINT.of(page.id()));
        paragraphs(view.fill(language.of(page.page().text())));
    }

    /** Prints a page's commands, their output, and what to notice. */
    void outcome(PageRun run) throws IOException {
        for (CommandRun command : run.commands()) {
            command(command.line());
            command.traffic()
                    .ifPresent(line ->
                            screen.line(
                                    Style.FAINT.of(
                                            "  ("
                                                    + messages.get("meanwhile")
                                                    + ": "
                                                    + line
                                                    + ")")));
            command.output().lines().forEach(line -> output(run, line));
        }
        if (run.page().page().notice().isPresent()) {
            screen.line("\n" + Style.STRONG.of(messages.get("notice") + ":"));
            Text notice = run.page().page().notice().get();
            paragraphs(walk.look().fill(language.of(notice)));
        }
        verdict(run);
    }

    private void output(PageRun run, String line) {
        String shown = withGutter(run, line);
        screen.output(run.matters(line) ? Style.MATTERS.of(shown) : shown);
    }

    private void command(String line) {
        screen.line("");
        screen.output("$ " + Style.STRONG.of(line));
    }

    /** A line of output with its gutter. */
    static String withGutter(PageRun run, String line) {
        return ((run.matters(line) ? MATTERS : OTHER) + line).stripTrailing();
    }

    /** Prints whether the page's expectations hold; nothing for pages without expectations. */
    void verdict(PageRun run) {
        if (!run.asExpected()) {
            screen.line(Style.BAD.of("✗ " + messages.get("not-as-expected")));
            run.missing()
                    .forEach(missing ->
                            screen.line("  " + messages.get("expected-like") + ": " + missing));
        } else if (!run.page().page().expect().isEmpty()) {
            screen.line(Style.GOOD.of("✓ " + messages.get("as-expected")));
        }
    }

    /** Prints a text, wrapped at the screen's width. */
    void paragraphs(String text) {
        screen.print(Paragraphs.wrap(text, screen.columns()));
        screen.pause(Duration.ofSeconds(1 + Paragraphs.width(text) / READING_SPEED));
    }

    /** Prints a fault's symptom. */
    void symptom(FaultCheck check) {
        command(check.command());
        if (check.output().isBlank()) {
            screen.line(OTHER + Style.FAINT.of("(" + messages.get("no-output") + ")"));
        }
        check.output().strip().lines().forEach(line -> screen.output(OTHER + line));
        screen.line("");
    }
}
