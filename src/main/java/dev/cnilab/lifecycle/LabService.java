package dev.cnilab.lifecycle;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.cluster.Provider;
import dev.cnilab.host.LockFile;
import dev.cnilab.lifecycle.Progress.Event;
import dev.cnilab.spec.LabSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings labs up and takes them down. */
public final class LabService {

    private final StateHome home;
    private final Makers makers;
    private final SysctlLedger sysctls = SysctlLedger.ofMachine();

    /** Who makes clusters. */
    public interface Makers {

        /**
         * @throws Failure when there is no provider of that name
         */
        Provider provider(String name) throws IOException;

        /** Those that may have made a lab of which no record is left. */
        List<Provider> candidates() throws IOException;
    }

    public LabService(StateHome home, Makers makers) {
        this.home = home;
        this.makers = makers;
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
        try (ClusterHandle cluster = new ClusterHandle(provider, folder)) {
            return upPlan(spec, provider, folder, cluster, options).plan().actions();
        }
    }

    /**
     * Brings the lab up. What is there and works is left as it is; one whose processes ended goes
     * on with its objects, where the provider can; the remains of any other incomplete one go
     * first, removed by the provider that made them.
     *
     * @return whether anything was changed
     * @throws Failure when something fails, or when the lab is up otherwise than asked for
     */
    public boolean up(
            LabSpec spec, LabRecord record, Provider provider, UpOptions options, Progress progress)
            throws IOException {
        LabFolder folder = home.lab(spec.name());
        try (LockFile _ = folder.lock()) {
            adoptFirstRelease();
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
        Optional<LabRecord> known = LabRecord.find(folder);
        boolean same = known.filter(record::equals).isPresent();
        if (known.isPresent() && !same) {
            requireDown(folder, known.get(), record);
        }
        try (ClusterHandle cluster = new ClusterHandle(provider, folder)) {
            boolean exists = same && cluster.exists();
            boolean resumed = !exists && same && provider.resumes(folder.path());
            boolean retain = options.retain() || resumed;
            if (resumed) {
                progress.note("lab " + spec.name() + " was stopped: resuming with its objects");
            } else if (!exists && folder.exists()) {
                progress.note("lab " + spec.name() + " is incomplete: deleting it first");
                for (Provider maker : makersOf(folder)) {
                    clear(folder, maker, false, progress);
                }
                // Where no provider has made anything yet, the folder alone is left.
                folder.delete();
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

    /** What made this lab may serve still, whatever provider is asked for now. */
    private void requireDown(LabFolder folder, LabRecord known, LabRecord wanted)
            throws IOException {
        if (makers.provider(known.provider()).clusterExists(folder.lab(), folder.path())) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "lab-differs",
                    "lab " + folder.lab() + " is up, and differs from what is requested",
                    String.join("\n", known.differences(wanted, folder)),
                    "choose another name: lab up --name NAME; or first: lab down " + folder.lab());
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

    /**
     * Takes the lab down, whatever state it is in, also one whose folder is lost.
     *
     * @param force also at the cost of other users of the cluster
     * @throws Failure when nothing is known of the lab, here or on the machine
     * @throws IOException what could not be taken away; the rest is gone, and the folder is kept
     *     for another try
     */
    public void down(String lab, boolean force, Progress progress) throws IOException {
        LabFolder folder = home.lab(lab);
        try (LockFile _ = folder.lock()) {
            adoptFirstRelease();
            List<Provider> made = makersOf(folder);
            if (made.isEmpty() && !folder.exists()) {
                throw LabRecord.noSuchLab(folder);
            }
            for (Provider maker : made) {
                clear(folder, maker, force, progress);
            }
            folder.delete();
        } finally {
            home.prune();
        }
    }

    /** The provider that the record names; where it is lost, those that find the lab's mark. */
    private List<Provider> makersOf(LabFolder folder) throws IOException {
        Optional<String> provider = LabRecord.provider(folder);
        if (provider.isPresent()) {
            return List.of(makers.provider(provider.get()));
        }
        List<Provider> made = new ArrayList<>();
        for (Provider candidate : makers.candidates()) {
            if (candidate.remains(folder.lab(), folder.path())) {
                made.add(candidate);
            }
        }
        return made;
    }

    private void adoptFirstRelease() throws IOException {
        sysctls.adopt(home.firstReleaseSysctls(), home);
    }

    private void clear(LabFolder folder, Provider provider, boolean force, Progress progress)
            throws IOException {
        for (Action action : new DownPlan(folder, provider, sysctls, force).actions()) {
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
            ClusterHandle cluster,
            UpOptions options)
            throws IOException {
        return new UpPlan(spec, provider.image(), provider, folder, sysctls, cluster, options);
    }
}
