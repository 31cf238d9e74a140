package dev.cnilab.lifecycle;

import dev.cnilab.host.Failure;
import dev.cnilab.lifecycle.Journal.State;
import dev.cnilab.lifecycle.Progress.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Actions in their order. They are made one after another; a failure takes back what this run made,
 * newest first.
 */
public record Plan(List<Action> actions) {

    public Plan {
        actions = List.copyOf(actions);
    }

    /**
     * Makes every action that is not done yet.
     *
     * @param retain leaves what was made as it is when an action fails
     * @return whether anything was changed
     * @throws IOException the failed action's
     */
    public boolean make(Journal journal, Progress progress, boolean retain) throws IOException {
        Deque<Action> made = new ArrayDeque<>();
        for (Action action : actions) {
            long start = System.nanoTime();
            progress.on(new Event.Started(action));
            try {
                if (action.isDone()) {
                    progress.on(new Event.Unchanged(action));
                    continue;
                }
                journal.add(action.name(), State.BEGUN, "");
                made.push(action);
                action.make(progress);
                journal.add(action.name(), State.DONE, "");
                progress.on(new Event.Made(action, since(start)));
            } catch (IOException | RuntimeException e) {
                // Clears the mark too, so that the way back is gone to its end.
                Exception reason = Thread.interrupted() ? interruption(action, e) : e;
                progress.on(new Event.Failed(action, since(start), reason));
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

    private static Failure interruption(Action action, Exception cause) {
        return new Failure(
                Failure.Kind.INTERRUPTED,
                "interrupted",
                "interrupted at '" + action.title() + "'",
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
            note(action, journal);
        }
    }

    private static void note(Action action, Journal journal) {
        try {
            journal.add(action.name(), State.UNDONE, "");
        } catch (IOException e) {
            // Nothing depends on the line: it may be a full disk that had the action fail.
        }
    }

    /** From a reading of {@link System#nanoTime()} until now. */
    static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
