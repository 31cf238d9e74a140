package dev.cnilab.walk;

import dev.cnilab.spec.ShellWords;
import dev.cnilab.spec.WalkthroughSpec.Change;
import dev.cnilab.verify.probe.TemplateContext;
import dev.cnilab.walk.UndoJournal.Entry;
import dev.cnilab.walk.UndoJournal.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes changes to a lab, and rolls them back. */
final class Undo {

    private final Commands commands;
    private final UndoJournal journal;

    Undo(Commands commands, UndoJournal journal) {
        this.commands = commands;
        this.journal = journal;
    }

    /**
     * Records how to roll back changes before they are made.
     *
     * @param changes the objects and kernel parameters that they set are restored to their current
     *     values
     * @param undo commands to run before that
     */
    void note(String id, List<Change> changes, List<Change.Run> undo, TemplateContext view)
            throws IOException, InterruptedException {
        List<Step> steps = new ArrayList<>();
        for (Change.Run run : undo) {
            steps.add(new Step(words(run, view), ""));
        }
        for (Change change : changes.reversed()) {
            switch (change) {
                case Change.Run _ -> {}
                case Change.Apply apply ->
                        steps.add(
                                new Step(List.of(), commands.before(view.fill(apply.manifest()))));
                case Change.Sysctl sysctl -> {
                    NodeSysctl now = setting(sysctl, view);
                    steps.add(new Step(now.write(read(now)), ""));
                }
            }
        }
        journal.add(new Entry(id, steps));
    }

    /**
     * Makes the changes.
     *
     * @throws IOException if a command fails
     */
    void make(List<Change> changes, TemplateContext view) throws IOException, InterruptedException {
        for (Change change : changes) {
            switch (change) {
                case Change.Run run -> require(words(run, view));
                case Change.Apply apply -> commands.apply(view.fill(apply.manifest()));
                case Change.Sysctl sysctl -> {
                    NodeSysctl wanted = setting(sysctl, view);
                    require(wanted.write(wanted.value()));
                }
            }
        }
    }

    private void require(List<String> words) throws IOException, InterruptedException {
        int exit = commands.run(words, OutputStream.nullOutputStream());
        if (exit != 0) {
            throw new IOException("'" + String.join(" ", words) + "' exited with code " + exit);
        }
    }

    private String read(NodeSysctl sysctl) throws IOException, InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int exit = commands.run(sysctl.read(), output);
        String value = output.toString(StandardCharsets.UTF_8).strip();
        if (exit != 0) {
            throw new IOException("'" + String.join(" ", sysctl.read()) + "': " + value);
        }
        return value;
    }

    private static List<String> words(Change.Run run, TemplateContext view) throws IOException {
        return ShellWords.split(view.fill(run.command()));
    }

    private static NodeSysctl setting(Change.Sysctl sysctl, TemplateContext view)
            throws IOException {
        return NodeSysctl.parse(view.fill(sysctl.setting()));
    }

    /**
     * Rolls back all recorded changes, latest first. A failed command is no error: the change may
     * be repaired already, or its pod deleted.
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

    /** Rolls back one entry, if recorded. */
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

    private void perform(Step step) throws IOException, InterruptedException {
        if (step.run().isEmpty()) {
            commands.restore(step.restore());
        } else {
            commands.run(step.run(), OutputStream.nullOutputStream());
        }
    }
}
