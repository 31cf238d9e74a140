package dev.cnilab.lifecycle;

import java.io.IOException;
import java.util.Optional;

/** An action put together from its three parts, so that a plan reads as one list. */
record ScriptedAction(
        String name, String title, Check check, Effect effect, Optional<Effect> reversal)
        implements Action {

    @FunctionalInterface
    interface Check {
        boolean holds() throws IOException;
    }

    @FunctionalInterface
    interface Effect {
        void on(Progress progress) throws IOException;
    }

    static ScriptedAction action(String name, String title) {
        return new ScriptedAction(name, title, () -> false, progress -> {}, Optional.empty());
    }

    ScriptedAction doneWhen(Check holds) {
        return new ScriptedAction(name, title, holds, effect, reversal);
    }

    ScriptedAction makeBy(Effect made) {
        return new ScriptedAction(name, title, check, made, reversal);
    }

    ScriptedAction undoBy(Effect undone) {
        return new ScriptedAction(name, title, check, effect, Optional.of(undone));
    }

    @Override
    public boolean isDone() throws IOException {
        return check.holds();
    }

    @Override
    public void make(Progress progress) throws IOException {
        effect.on(progress);
    }

    @Override
    public void undo(Progress progress) throws IOException {
        if (reversal.isPresent()) {
            reversal.get().on(progress);
        }
    }

    @Override
    public boolean isUndoable() {
        return reversal.isPresent();
    }
}
