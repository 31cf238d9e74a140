package dev.cnilab.cli.render;

import dev.cnilab.cli.render.Console.Style;
import dev.cnilab.lifecycle.Action;
import dev.cnilab.lifecycle.Progress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.SequencedSet;

/**
 * Prints progress to stderr: on a terminal a spinner that is replaced by the result, elsewhere a
 * plain line per completed action.
 */
public final class ProgressView implements Progress, AutoCloseable {

    private static final String[] FRAMES = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final Duration FRAME = Duration.ofMillis(100);

    private final Console console;
    private final boolean quiet;
    private final Thread spinner;

    /** Running actions, oldest first. */
    private final SequencedSet<Action> running = new LinkedHashSet<>();

    private int frame;

    public ProgressView(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
        this.spinner = Thread.ofPlatform().daemon().unstarted(this::spin);
        if (console.live() && !quiet) {
            spinner.start();
        }
    }

    @Override
    public synchronized void on(Event event) {
        switch (event) {
            case Event.Started started -> running.add(started.action());
            case Event.Note note -> line(Style.FAINT, "  ", note.text(), "");
            case Event.Unchanged unchanged ->
                    end(Style.FAINT, "=", unchanged.action(), "unchanged");
            case Event.Made made -> end(Style.GOOD, "✓", made.action(), seconds(made.took()));
            case Event.Failed failed ->
                    end(Style.BAD, "✗", failed.action(), seconds(failed.took()));
            case Event.Undone undone -> end(Style.WARN, "↩", undone.action(), "rolled back");
            case Event.UndoFailed failed ->
                    end(Style.BAD, "✗", failed.action(), "rollback failed: " + failed.reason());
        }
    }

    @Override
    public void close() {
        spinner.interrupt();
        synchronized (this) {
            running.clear();
            clear();
        }
    }

    private void end(Style style, String mark, Action action, String remark) {
        running.remove(action);
        line(style, mark, action.title(), remark);
    }

    private void line(Style style, String mark, String text, String remark) {
        if (quiet) {
            return;
        }
        clear();
        console.err()
                .println(
                        style.of(mark)
                                + " "
                                + text
                                + (remark.isEmpty() ? "" : Style.FAINT.of("  " + remark)));
    }

    private void spin() {
        try {
            while (true) {
                Thread.sleep(FRAME);
                synchronized (this) {
                    if (!running.isEmpty()) {
                        frame = (frame + 1) % FRAMES.length;
                        console.clearLine();
                        console.err().print(FRAMES[frame] + " " + runningNow());
                        console.err().flush();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The latest running action; earlier ones may be waiting for it. */
    private String runningNow() {
        String newest = running.getLast().title();
        return running.size() == 1 ? newest : newest + ", and " + (running.size() - 1) + " more";
    }

    private void clear() {
        if (!quiet) {
            console.clearLine();
        }
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}
