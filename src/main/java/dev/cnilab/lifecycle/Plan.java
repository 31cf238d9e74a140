package dev.cnilab.lifecycle;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Actions and their order: a single action, a sequence, parallel plans, or a wait for an event. */
public sealed interface Plan {

    /** An event that one part of the plan waits for and another one triggers. */
    @FunctionalInterface
    interface Event {
        void await() throws IOException, InterruptedException;
    }

    /** A single action. */
    record Make(Action action) implements Plan {}

    /** Plans that run in sequence. */
    record InOrder(List<Plan> parts) implements Plan {
        public InOrder {
            parts = List.copyOf(parts);
        }
    }

    /** Plans that run in parallel; a failure of one interrupts the others. */
    record Concurrently(List<Plan> parts) implements Plan {
        public Concurrently {
            parts = List.copyOf(parts);
        }
    }

    /** Waits for an event; not shown to the user. */
    record Await(Event event) implements Plan {}

    static Plan make(Action action) {
        return new Make(action);
    }

    /** All actions, in an order that is valid for sequential execution. */
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
     * Performs all actions that are not done yet. On failure, rolls back the actions of this run,
     * latest first.
     *
     * @param retain skips the rollback
     * @return whether anything was changed
     * @throws IOException of the failed action
     */
    default boolean make(Journal journal, Progress progress, boolean retain) throws IOException {
        return new PlanRun(journal, progress).make(this, retain);
    }
}
