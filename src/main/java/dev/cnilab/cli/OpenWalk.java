package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.cli.walk.Interpreter;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.host.LockFile;
import dev.cnilab.host.SearchPath;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.lifecycle.LabRecord;
import dev.cnilab.net.Tunnel;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.WalkthroughLoader;
import dev.cnilab.spec.WalkthroughSpec;
import dev.cnilab.spec.WalkthroughSpec.Text;
import dev.cnilab.verify.probe.TemplateContext;
import dev.cnilab.walk.Faults;
import dev.cnilab.walk.UndoJournal;
import dev.cnilab.walk.Walk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A walkthrough in progress; one per lab at a time. Changes of earlier walkthroughs are rolled back
 * at the start, its own at the end.
 */
final class OpenWalk implements AutoCloseable {

    private final LockFile lock;
    private final LabFolder folder;
    private final Cluster cluster;
    private final Interpreter interpreter;
    private final Text title;
    private final Walk walk;
    private final Faults faults;

    private OpenWalk(
            LockFile lock, Context context, LabFolder folder, LabSpec spec, WalkthroughSpec texts)
            throws IOException {
        this.lock = lock;
        this.folder = folder;
        this.cluster = context.cluster(folder);
        TimeFactor factor = context.timeFactor();
        this.interpreter =
                new Interpreter(
                        cluster,
                        cluster.containers().isPresent(),
                        folder.kubeconfig(),
                        SearchPath.of(context.environment()),
                        OwnCommands.of(context, folder.lab()));
        Walk.Look look = () -> TemplateContext.of(spec, cluster, factor);
        UndoJournal journal = UndoJournal.in(folder.path());
        Optional<TunnelDriver> tunnel = cluster.tunnel().map(Tunnel::driver);
        this.walk = new Walk(texts, tunnel, interpreter, look, journal, factor);
        this.title = texts.title();
        this.faults = new Faults(texts.faults(), interpreter, look, journal, factor);
    }

    /**
     * @throws Failure if the lab has no walkthrough, or another one is running
     */
    static OpenWalk open(Context context, @Nullable String lab) throws IOException, SpecException {
        LabFolder folder = context.folder(lab);
        LabRecord record = context.edited(folder);
        LabSpec spec = record.spec(folder);
        WalkthroughSpec texts =
                WalkthroughLoader.load(spec, record.folder())
                        .orElseThrow(() ->
                                new Failure(
                                        Failure.Kind.USAGE,
                                        "no-walkthrough",
                                        "lab " + folder.lab() + " has no walkthrough",
                                        "",
                                        "the key 'walkthrough' in its file names one"));
        Path file = folder.path().resolve("walk.lock");
        LockFile lock =
                LockFile.tryHold(file)
                        .orElseThrow(() ->
                                new Failure(
                                        Failure.Kind.USAGE,
                                        "walk-taken",
                                        "another walk of lab " + folder.lab() + " is running",
                                        file + " is locked",
                                        "quit it first: two walks would change the same lab"));
        try {
            return new OpenWalk(lock, context, folder, spec, texts);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    LabFolder folder() {
        return folder;
    }

    Cluster cluster() {
        return cluster;
    }

    Interpreter interpreter() {
        return interpreter;
    }

    Text title() {
        return title;
    }

    Walk walk() {
        return walk;
    }

    Faults faults() {
        return faults;
    }

    /**
     * Rolls back all recorded changes, also after Ctrl-C; returns the ids of their pages and
     * faults.
     */
    List<String> takeBack() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return walk.undoAll();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (lock;
                cluster) {
            takeBack();
        }
    }
}
