package dev.cnilab.lifecycle;

import java.time.Duration;

/** Takes what happens while a lab goes up or down, as it happens. */
@FunctionalInterface
public interface Progress {

    void on(Event event);

    /** Something that happened. */
    sealed interface Event {

        /** An action is begun. */
        record Started(Action action) implements Event {}

        /** What an action has to say while it runs, or why it was quick. */
        record Note(String text) implements Event {}

        /** An action found all as it should be. */
        record Unchanged(Action action) implements Event {}

        /** An action made its change. */
        record Made(Action action, Duration took) implements Event {}

        /** An action failed. */
        record Failed(Action action, Duration took, Exception reason) implements Event {}

        /** An action was taken back. */
        record Undone(Action action) implements Event {}

        /** An action could not be taken back; {@code down} tries again. */
        record UndoFailed(Action action, Exception reason) implements Event {}
    }

    /** Tells one line. */
    default void note(String text) {
        on(new Event.Note(text));
    }
}
