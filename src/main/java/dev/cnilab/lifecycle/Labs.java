package dev.cnilab.lifecycle;

import dev.cnilab.cluster.Provider;
import dev.cnilab.host.Downloads;
import dev.cnilab.host.Failure;
import dev.cnilab.host.LockFile;
import dev.cnilab.lifecycle.Progress.Event;
import dev.cnilab.spec.LabSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Brings labs up and takes them down. */
public final class Labs {

    private final StateHome home;

    public Labs(StateHome home) {
        this.home = home;
    }

    /**
     * How to bring a lab up.
     *
     * @param retain leaves what was made when something fails
     * @param budget for each wait
     * @param downloads where programs come from that are missing
     */
    public record UpOptions(boolean retain, Duration budget, Downloads downloads) {}

    /** What {@code up} would do, without looking whether it is done. */
    public List<Action> plan(LabSpec spec, Provider provider, UpOptions options)
            throws IOException {
        LabFolder folder = home.lab(spec.name());
        try (OpenedCluster cluster = new OpenedCluster(provider, folder)) {
            return upPlan(spec, provider, folder, cluster, options).plan().actions();
        }
    }

    /**
     * Brings the lab up. What is there and works is left as it is; one whose processes ended goes
     * on with its objects, where the provider can; the remains of any other broken one go first.
     *
     * @return whether anything was changed
     * @throws Failure when something fails, or when the lab is up with another spec
     */
    public boolean up(
            LabSpec spec, LabRecord record, Provider provider, UpOptions options, Progress progress)
            throws IOException {
        LabFolder folder = home.lab(spec.name());
        try (LockFile _ = folder.lock()) {
            return upAlone(spec, record, provider, options, progress, folder);
        } finally {
            home.prune();
        }
    }

    private boolean upAlone(
            LabSpec spec,
            LabRecord record,
            Provider provider,
            UpOptions options,
            Progress progress,
            LabFolder folder)
            throws IOException {
        try (OpenedCluster cluster = new OpenedCluster(provider, folder)) {
            boolean exists = cluster.exists();
            boolean resumed = !exists && resumes(record, provider, folder);
            boolean retain = options.retain() || resumed;
            if (exists) {
                requireSame(record, folder);
            } else if (resumed) {
                progress.note("lab " + spec.name() + " has ended: going on with its objects");
            } else if (folder.exists()) {
                progress.note("lab " + spec.name() + " is broken or half made: clearing it away");
                clear(folder, provider, progress);
            }
            try {
                folder.create();
                record.write(folder);
                return upPlan(spec, provider, folder, cluster, options)
                        .plan()
                        .make(folder.journal(), progress, retain);
            } catch (IOException | RuntimeException e) {
                if (!exists && !retain && e.getSuppressed().length == 0) {
                    forget(folder, e);
                }
                throw e;
            }
        }
    }

    /** A folder that stays must not hide why the lab did not come up. */
    private static void forget(LabFolder folder, Exception reason) {
        try {
            folder.delete();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** Whether it came up from this record, and nothing but its processes is gone. */
    private static boolean resumes(LabRecord record, Provider provider, LabFolder folder)
            throws IOException {
        return LabRecord.exists(folder)
                && LabRecord.read(folder).equals(record)
                && provider.resumes(folder.path());
    }

    /**
     * Takes the lab down, whatever state it is in, also one whose folder is lost.
     *
     * @throws IOException what could not be taken away; the rest is gone, and the folder is kept
     *     for another try
     */
    public void down(String lab, Provider provider, Progress progress) throws IOException {
        LabFolder folder = home.lab(lab);
        try (LockFile _ = folder.lock()) {
            clear(folder, provider, progress);
        } finally {
            home.prune();
        }
    }

    private void clear(LabFolder folder, Provider provider, Progress progress) throws IOException {
        for (Action action : DownPlan.actions(folder, provider, home.sysctls())) {
            long start = System.nanoTime();
            progress.on(new Event.Started(action));
            try {
                action.make(progress);
            } catch (IOException | RuntimeException e) {
                progress.on(new Event.Failed(action, PlanRun.since(start), e));
                throw e;
            }
            progress.on(new Event.Made(action, PlanRun.since(start)));
        }
    }

    private UpPlan upPlan(
            LabSpec spec,
            Provider provider,
            LabFolder folder,
            OpenedCluster cluster,
            UpOptions options)
            throws IOException {
        return new UpPlan(
                spec, provider.image(), provider, folder, home.sysctls(), cluster, options);
    }

    private static void requireSame(LabRecord record, LabFolder folder) throws IOException {
        if (!LabRecord.read(folder).equals(record)) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "lab-differs",
                    "lab " + folder.lab() + " is up, and from another spec",
                    "the spec, the provider or the number of nodes differ from " + folder.spec(),
                    "lab down " + folder.lab() + ", then lab up again; or give it another --name");
        }
    }
}
