package dev.cnilab.lifecycle;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Actions and their order: one of them, several plans one after another, or several at once. */
public sealed interface Plan {

    /** What one part waits for, and another part of the plan lets happen. */
    @FunctionalInterface
    interface Event {
        void await() throws IOException, InterruptedException;
    }

    /** A single action. */
    record Make(Action action) implements Plan {}

    /** One after another. */
    record InOrder(List<Plan> parts) implements Plan {
        public InOrder {
            parts = List.copyOf(parts);
        }
    }

    /** All begun together; a failure of one interrupts the others. */
    record Concurrently(List<Plan> parts) implements Plan {
        public Concurrently {
            parts = List.copyOf(parts);
        }
    }

    /** Waits for an event, and is not shown. */
    record Await(Event event) implements Plan {}

    static Plan make(Action action) {
        return new Make(action);
    }

    /** All of them, in an order in which they could be made one after another. */
    default List<Action> actions() {
        return flat().toList();
    }

    private Stream<Action> flat() {
        return switch (this) {
            case Make(Action action) -> Stream.of(action);
            case InOrder(List<Plan> parts) -> parts.stream().flatMap(Plan::flat);
            case Concurrently(List<Plan> parts) -> parts.stream().flatMap(Plan::flat);
            case Await _ -> Stream.of();
        };
    }

    /**
     * Makes every action that is not done yet. A failure undoes what this run made, newest first.
     *
     * @param retain leaves what was made as it is when an action fails
     * @return whether anything was changed
     * @throws IOException the failed action's
     */
    default boolean make(Journal journal, Progress progress, boolean retain) throws IOException {
        return new PlanRun(journal, progress).make(this, retain);
    }
}
