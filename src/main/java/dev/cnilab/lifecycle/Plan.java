package dev.cnilab.lifecycle;

import dev.cnilab.cluster.Parallel;
import dev.cnilab.host.Failure;
import dev.cnilab.lifecycle.Journal.State;
import dev.cnilab.lifecycle.Progress.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Actions in their order: stage after stage, those of one stage at once. A failure takes back what
 * this run made, newest first.
 */
public record Plan(List<List<Action>> stages) {

    public Plan {
        stages = stages.stream().map(List::copyOf).toList();
    }

    /** One after another. */
    static Plan inOrder(List<? extends Action> actions) {
        return new Plan(actions.stream().map(action -> List.<Action>of(action)).toList());
    }

    /** All of them, in an order in which they could be made one after another. */
    public List<Action> actions() {
        return stages.stream().flatMap(List::stream).toList();
    }

    /**
     * Makes every action that is not done yet.
     *
     * @param retain leaves what was made as it is when an action fails
     * @return whether anything was changed
     * @throws IOException the failed action's
     */
    public boolean make(Journal journal, Progress progress, boolean retain) throws IOException {
        Deque<Action> made = new ConcurrentLinkedDeque<>();
        for (List<Action> stage : stages) {
            try {
                if (stage.size() == 1) {
                    make(stage.getFirst(), made, journal, progress);
                } else {
                    Parallel.forEach(stage, action -> make(action, made, journal, progress));
                }
            } catch (IOException | RuntimeException e) {
                // Clears the mark too, so that the way back is gone to its end.
                Exception reason = Thread.interrupted() ? interruption(stage, e) : e;
                if (!retain) {
                    undo(made, journal, progress, reason);
                }
                if (reason instanceof Failure failure) {
                    throw failure;
                }
                throw e;
            }
        }
        return !made.isEmpty();
    }

    private static void make(Action action, Deque<Action> made, Journal journal, Progress progress)
            throws IOException {
        long start = System.nanoTime();
        progress.on(new Event.Started(action));
        try {
            if (action.isDone()) {
                progress.on(new Event.Unchanged(action));
                return;
            }
            note(action, State.BEGUN, journal);
            made.push(action);
            action.make(progress);
            note(action, State.DONE, journal);
            progress.on(new Event.Made(action, since(start)));
        } catch (IOException | RuntimeException e) {
            progress.on(new Event.Failed(action, since(start), e));
            throw e;
        }
    }

    /** One line at a time: actions of a stage are made at once. */
    private static synchronized void note(Action action, State state, Journal journal)
            throws IOException {
        journal.add(action.name(), state);
    }

    private static Failure interruption(List<Action> stage, Exception cause) {
        return new Failure(
                Failure.Kind.INTERRUPTED,
                "interrupted",
                "interrupted at '" + stage.getFirst().title() + "'",
                "",
                "lab up begins anew; lab down clears away what is left, if anything",
                cause);
    }

    private static void undo(
            Deque<Action> made, Journal journal, Progress progress, Exception reason) {
        for (Action action : made) {
            if (!action.isUndoable()) {
                continue;
            }
            try {
                action.undo(progress);
                progress.on(new Event.Undone(action));
            } catch (IOException | RuntimeException e) {
                reason.addSuppressed(e);
                progress.on(new Event.UndoFailed(action, e));
                continue;
            }
            noteUndone(action, journal);
        }
    }

    private static void noteUndone(Action action, Journal journal) {
        try {
            note(action, State.UNDONE, journal);
        } catch (IOException e) {
            // Nothing depends on the line: it may be a full disk that had the action fail.
        }
    }

    /** From a reading of {@link System#nanoTime()} until now. */
    static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
