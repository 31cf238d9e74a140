package dev.cnilab.walk;

import dev.cnilab.spec.WalkthroughSpec.Change;
import dev.cnilab.spec.Words;
import dev.cnilab.verify.probe.Viewpoint;
import dev.cnilab.walk.UndoJournal.Entry;
import dev.cnilab.walk.UndoJournal.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Changes a lab, and takes the changes back. */
final class Undo {

    private final Commands commands;
    private final UndoJournal journal;

    Undo(Commands commands, UndoJournal journal) {
        this.commands = commands;
        this.journal = journal;
    }

    /** Keeps in mind how to take back what is about to be done. */
    void note(String id, List<Change> undo, Viewpoint view) throws IOException {
        journal.add(new Entry(id, fill(undo, view)));
    }

    /**
     * Does what a fault's description says.
     *
     * @throws IOException when a command of it fails
     */
    void make(List<Change> changes, Viewpoint view) throws IOException, InterruptedException {
        for (Step step : fill(changes, view)) {
            int exit = perform(step);
            if (exit != 0) {
                throw new IOException(
                        "'" + String.join(" ", step.run()) + "' exited with code " + exit);
            }
        }
    }

    /**
     * Takes back all that is outstanding, the last first. A command that fails is no error: what it
     * would take back may be mended, or gone with its pod.
     *
     * @return the ids
     */
    List<String> all() throws IOException, InterruptedException {
        List<String> undone = new ArrayList<>();
        for (Entry entry : journal.entries().reversed()) {
            perform(entry);
            undone.add(entry.id());
        }
        return undone;
    }

    /** Takes that back, if it is outstanding. */
    void one(String id) throws IOException, InterruptedException {
        for (Entry entry : journal.entries()) {
            if (entry.id().equals(id)) {
                perform(entry);
            }
        }
    }

    private void perform(Entry entry) throws IOException, InterruptedException {
        for (Step step : entry.undo()) {
            perform(step);
        }
        journal.remove(entry.id());
    }

    private int perform(Step step) throws IOException, InterruptedException {
        if (step.run().isEmpty()) {
            commands.apply(step.apply());
            return 0;
        }
        return commands.run(step.run(), OutputStream.nullOutputStream());
    }

    private static List<Step> fill(List<Change> changes, Viewpoint view) throws IOException {
        List<Step> steps = new ArrayList<>();
        for (Change change : changes) {
            steps.add(
                    switch (change) {
                        case Change.Run run -> new Step(Words.split(view.fill(run.command())), "");
                        case Change.Apply apply -> new Step(List.of(), view.fill(apply.manifest()));
                    });
        }
        return steps;
    }
}
