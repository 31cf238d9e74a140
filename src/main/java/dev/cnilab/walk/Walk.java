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

/** Runs the pages of a walkthrough on a lab. */
public final class Walk {

    /** Timeout of a page's command. */
    private static final Duration COMMAND = Duration.ofSeconds(30);

    /** How long a page is repeated until its expectations hold. */
    private static final Duration BUDGET = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(300);

    /** A capture's message once it listens. */
    private static final String LISTENING = "listening on";

    /** Takes a snapshot of the lab. */
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
     * @param tunnel the driver of the lab's tunnel; pages on others are omitted
     * @param timeFactor multiplies every timeout
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

    /** All pages, in order. */
    public List<NumberedPage> pages() {
        return pages;
    }

    /** The lab's current values of the variables in pages. */
    public TemplateContext look() throws IOException {
        return look.take();
    }

    /**
     * Runs a page's commands, and repeats them until its expectations hold or the budget is spent.
     */
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
     * Rolls back the changes of pages and faults, also those of a walkthrough that was killed.
     *
     * @return the ids of the pages and faults
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

    /** The expressions without a match in the output, with variables filled in. */
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
