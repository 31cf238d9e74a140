package dev.cnilab.walk;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.spec.ShellWords;
import dev.cnilab.spec.Template;
import dev.cnilab.spec.WalkthroughSpec;
import dev.cnilab.spec.WalkthroughSpec.Chapter;
import dev.cnilab.spec.WalkthroughSpec.Page;
import dev.cnilab.verify.probe.TemplateContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The pages of a walkthrough, run against a lab that is up. */
public final class Walk {

    /** Longest that one command of a page may take. */
    private static final Duration COMMAND = Duration.ofSeconds(30);

    /** How long a page is tried again until it shows what it says. */
    private static final Duration BUDGET = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(300);

    /** What a capture says once no packet can be missed any more. */
    private static final String LISTENING = "listening on";

    /** A fresh look at the lab. */
    @FunctionalInterface
    public interface Look {
        TemplateContext take() throws IOException;
    }

    private final List<NumberedPage> pages;
    private final Commands commands;
    private final Look look;
    private final Undo undo;
    private final TimeFactor timeFactor;

    /**
     * @param tunnel what carries the lab's: pages about another are left out
     * @param timeFactor stretches every wait
     */
    public Walk(
            WalkthroughSpec spec,
            Optional<TunnelDriver> tunnel,
            Commands commands,
            Look look,
            UndoJournal journal,
            TimeFactor timeFactor) {
        this.pages = numbered(spec, tunnel);
        this.commands = commands;
        this.look = look;
        this.undo = new Undo(commands, journal);
        this.timeFactor = timeFactor;
    }

    private static List<NumberedPage> numbered(
            WalkthroughSpec spec, Optional<TunnelDriver> tunnel) {
        List<NumberedPage> pages = new ArrayList<>();
        for (Chapter chapter : spec.chapters()) {
            for (Page page : chapter.pages()) {
                if (page.only().isEmpty() || page.only().equals(tunnel)) {
                    boolean first = pages.isEmpty() || !pages.getLast().chapter().equals(chapter);
                    pages.add(new NumberedPage(pages.size() + 1, chapter, page, first));
                }
            }
        }
        return List.copyOf(pages);
    }

    /** In order. */
    public List<NumberedPage> pages() {
        return pages;
    }

    /** The lab as it is now, which fills the texts of pages. */
    public TemplateContext look() throws IOException {
        return look.take();
    }

    /** Runs a page's commands, again and again until they show what the page says, for a while. */
    public PageRun run(NumberedPage numbered) throws IOException, InterruptedException {
        Page page = numbered.page();
        long deadline = System.nanoTime() + timeFactor.times(BUDGET).toNanos();
        while (true) {
            TemplateContext view = look.take();
            if (!page.undo().isEmpty()) {
                undo.note(numbered.id(), List.of(), page.undo(), view);
            }
            PageRun run = attempt(numbered, view);
            if (run.asExpected() || System.nanoTime() > deadline) {
                return run;
            }
            undo.one(numbered.id());
            Thread.sleep(PAUSE);
        }
    }

    /**
     * Takes back what pages and faults changed, of this walk or of one that was killed.
     *
     * @return whose changes they were
     */
    public List<String> undoAll() throws IOException, InterruptedException {
        return undo.all();
    }

    private PageRun attempt(NumberedPage numbered, TemplateContext view)
            throws IOException, InterruptedException {
        Page page = numbered.page();
        List<CommandRun> runs = new ArrayList<>();
        for (int i = 0; i < page.commands().size(); i++) {
            boolean last = i == page.commands().size() - 1;
            Optional<Template> traffic = last ? page.traffic() : Optional.empty();
            runs.add(run(view.fill(page.commands().get(i)), traffic, view));
        }
        List<Pattern> highlight = new ArrayList<>();
        for (Template regex : page.highlight()) {
            highlight.add(Pattern.compile(view.fillRegex(regex)));
        }
        PageRun run = new PageRun(numbered, runs, highlight, List.of());
        return new PageRun(numbered, runs, highlight, missing(page.expect(), run.output(), view));
    }

    private CommandRun run(String line, Optional<Template> traffic, TemplateContext view)
            throws IOException, InterruptedException {
        Execution execution = Execution.start(commands, ShellWords.split(line));
        Optional<String> other = Optional.empty();
        if (traffic.isPresent()) {
            other = Optional.of(view.fill(traffic.get()));
            execution.awaitOutput(LISTENING, timeFactor.times(COMMAND));
            Execution.start(commands, ShellWords.split(other.get()))
                    .await(timeFactor.times(COMMAND));
        }
        return new CommandRun(line, other, execution.await(timeFactor.times(COMMAND)));
    }

    /** Those of the expressions that the output has no match of, filled. */
    static List<String> missing(List<Template> expected, String output, TemplateContext view)
            throws IOException {
        List<String> missing = new ArrayList<>();
        for (Template regex : expected) {
            if (!Pattern.compile(view.fillRegex(regex), Pattern.MULTILINE).matcher(output).find()) {
                missing.add(view.fill(regex));
            }
        }
        return missing;
    }
}
