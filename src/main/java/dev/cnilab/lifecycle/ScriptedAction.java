package dev.cnilab.lifecycle;

import java.io.IOException;

/** An action put together from its three parts, so that a plan reads as one list. */
record ScriptedAction(String name, String title, Check check, Effect effect, Effect reversal)
        implements Action {

    @FunctionalInterface
    interface Check {
        boolean holds() throws IOException;
    }

    @FunctionalInterface
    interface Effect {
        void on(Progress progress) throws IOException;
    }

    private static final Effect NONE = progress -> {};

    static ScriptedAction action(String name, String title) {
        return new ScriptedAction(name, title, () -> false, NONE, NONE);
    }

    ScriptedAction doneWhen(Check holds) {
        return new ScriptedAction(name, title, holds, effect, reversal);
    }

    ScriptedAction makeBy(Effect made) {
        return new ScriptedAction(name, title, check, made, reversal);
    }

    ScriptedAction undoBy(Effect undone) {
        return new ScriptedAction(name, title, check, effect, undone);
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
        reversal.on(progress);
    }

    @Override
    public boolean isUndoable() {
        return reversal != NONE;
    }
}
