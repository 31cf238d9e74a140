package dev.cnilab.lifecycle;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.lifecycle.Journal.State;
import dev.cnilab.lifecycle.Progress.Event;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An execution of a plan. */
final class PlanRun {

    private final Journal journal;
    private final Progress progress;

    /** Actions performed by this run, latest first. */
    private final Deque<Action> made = new ConcurrentLinkedDeque<>();

    /** Started and not completed, oldest first. */
    private final Queue<Action> unfinished = new ConcurrentLinkedQueue<>();

    PlanRun(Journal journal, Progress progress) {
        this.journal = journal;
        this.progress = progress;
    }

    /** See {@link Plan#make(Journal, Progress, boolean)}. */
    boolean make(Plan plan, boolean retain) throws IOException {
        try {
            run(plan);
        } catch (IOException | RuntimeException e) {
            // Clears the interrupt status, so that the rollback completes.
            Exception reason = Thread.interrupted() ? interruption(e) : e;
            if (!retain) {
                undo(reason);
            }
            if (reason instanceof Failure failure) {
                throw failure;
            }
            throw e;
        }
        return !made.isEmpty();
    }

    private void run(Plan plan) throws IOException {
        switch (plan) {
            case Plan.Make(Action action) -> make(action);
            case Plan.InOrder(List<Plan> parts) -> {
                for (Plan part : parts) {
                    run(part);
                }
            }
            case Plan.Concurrently(List<Plan> parts) -> Parallel.forEach(parts, this::run);
            case Plan.Await(Plan.Event event) -> await(event);
        }
    }

    private static void await(Plan.Event event) throws IOException {
        try {
            event.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private void make(Action action) throws IOException {
        long start = System.nanoTime();
        unfinished.add(action);
        progress.on(new Event.Started(action));
        try {
            if (action.isDone()) {
                progress.on(new Event.Unchanged(action));
            } else {
                note(action, State.BEGUN);
                made.push(action);
                action.make(progress);
                note(action, State.DONE);
                progress.on(new Event.Made(action, since(start)));
            }
        } catch (IOException | RuntimeException e) {
            progress.on(new Event.Failed(action, since(start), e));
            throw e;
        }
        unfinished.remove(action);
    }

    /** Synchronized, since several actions may run in parallel. */
    private synchronized void note(Action action, State state) throws IOException {
        journal.add(action.name(), state);
    }

    private Failure interruption(Exception cause) {
        String where =
                Optional.ofNullable(unfinished.peek())
                        .map(action -> " at '" + action.title() + "'")
                        .orElse("");
        return new Failure(
                Failure.Kind.INTERRUPTED,
                "interrupted",
                "interrupted" + where,
                "",
                "repeat the command",
                cause);
    }

    private void undo(Exception reason) {
        // Changes without rollback of their own are removed with the object that they were applied
        // to.
        List<Action> going = new ArrayList<>();
        for (Action action : made) {
            going.add(action);
            if (action.isUndoable()) {
                if (undone(action, reason)) {
                    going.forEach(this::noteUndone);
                }
                going.clear();
            }
        }
        going.forEach(this::noteUndone);
    }

    private boolean undone(Action action, Exception reason) {
        try {
            action.undo(progress);
            progress.on(new Event.Undone(action));
            return true;
        } catch (IOException | RuntimeException e) {
            reason.addSuppressed(e);
            progress.on(new Event.UndoFailed(action, e));
            return false;
        }
    }

    private void noteUndone(Action action) {
        try {
            note(action, State.UNDONE);
        } catch (IOException e) {
            // The entry is not essential, and a full disk may have caused the failure.
        }
    }

    /** The time since a value of {@link System#nanoTime()}. */
    static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
