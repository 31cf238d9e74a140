package dev.cnilab.lifecycle;

import java.time.Duration;

/** Receives events while a lab is created or deleted. */
@FunctionalInterface
public interface Progress {

    void on(Event event);

    /** A progress event. */
    sealed interface Event {

        /** An action was started. */
        record Started(Action action) implements Event {}

        /** A message of a running action. */
        record Note(String text) implements Event {}

        /** An action's goal was reached already. */
        record Unchanged(Action action) implements Event {}

        /** An action made its change. */
        record Made(Action action, Duration took) implements Event {}

        /** An action failed. */
        record Failed(Action action, Duration took, Exception reason) implements Event {}

        /** An action was rolled back. */
        record Undone(Action action) implements Event {}

        /** The rollback of an action failed; {@code down} tries again. */
        record UndoFailed(Action action, Exception reason) implements Event {}
    }

    /** Sends a {@link Note}. */
    default void note(String text) {
        on(new Event.Note(text));
    }
}
