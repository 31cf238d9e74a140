package dev.cnilab.lifecycle;

import java.io.IOException;
import java.util.Optional;

/** An action composed of lambdas. */
record FunctionalAction(
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

    static FunctionalAction action(String name, String title) {
        return new FunctionalAction(name, title, () -> false, progress -> {}, Optional.empty());
    }

    FunctionalAction doneWhen(Check holds) {
        return new FunctionalAction(name, title, holds, effect, reversal);
    }

    FunctionalAction makeBy(Effect made) {
        return new FunctionalAction(name, title, check, made, reversal);
    }

    FunctionalAction undoBy(Effect undone) {
        return new FunctionalAction(name, title, check, effect, Optional.of(undone));
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
