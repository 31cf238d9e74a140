package dev.cnilab.lifecycle;

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
                progress.on(new Event.Failed(action, since(start), e));
                if (!retain) {
                    undo(made, journal, progress, e);
                }
                throw e;
            }
        }
        return !made.isEmpty();
    }

    private static void undo(
            Deque<Action> made, Journal journal, Progress progress, Exception cause) {
        for (Action action : made) {
            try {
                action.undo(progress);
                journal.add(action.name(), State.UNDONE, "");
                progress.on(new Event.Undone(action));
            } catch (IOException | RuntimeException e) {
                cause.addSuppressed(e);
                progress.on(new Event.UndoFailed(action, e));
            }
        }
    }

    /** From a reading of {@link System#nanoTime()} until now. */
    static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
