package dev.cnilab.lifecycle;

import dev.cnilab.base.Failure;
import dev.cnilab.base.Remedy;
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

/** Creates and deletes labs. */
public final class LabService {

    private final StateHome home;
    private final ProviderLookup providers;
    private final SysctlLedger sysctls = SysctlLedger.ofMachine();

    /** Looks up providers. */
    public interface ProviderLookup {

        /**
         * @throws Failure if the provider is unknown
         */
        Provider provider(String name) throws IOException;

        /** The providers that may have created a lab whose record is lost. */
        List<Provider> candidates() throws IOException;
    }

    public LabService(StateHome home, ProviderLookup providers) {
        this.home = home;
        this.providers = providers;
    }

    /**
     * Options of {@code up}.
     *
     * @param retain skips the rollback on failure
     * @param budget maximum duration of each wait
     * @param downloads source of missing programs
     */
    public record UpOptions(boolean retain, Duration budget, Downloads downloads) {}

    /** The actions of {@code up}, whether done already or not. */
    public List<Action> plan(LabSpec spec, Provider provider, UpOptions options)
            throws IOException {
        LabFolder folder = home.lab(spec.name());
        try (ClusterHandle cluster = new ClusterHandle(provider, folder)) {
            return upPlan(spec, provider, folder, cluster, options).plan().actions();
        }
    }

    /**
     * Creates the lab. A lab that is up is left unchanged; one whose processes were stopped is
     * resumed with its objects, if the provider supports it; any other incomplete one is deleted
     * first by the provider that created it.
     *
     * @return whether anything was changed
     * @throws Failure if an action fails, or if the lab is up with another spec
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
        boolean same = known.filter(each -> record.isSameCluster(each, folder)).isPresent();
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
                for (Provider maker : providersOf(folder)) {
                    clear(folder, maker, false, progress);
                }
                // If no provider has created anything, only the directory remains.
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

    /** Fails if the lab is up, possibly with another provider than the requested one. */
    private void requireDown(LabFolder folder, LabRecord known, LabRecord wanted)
            throws IOException {
        if (providers.provider(known.provider()).clusterExists(folder.lab(), folder.path())) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "lab-differs",
                    "lab " + folder.lab() + " is up, and differs from what is requested",
                    String.join("\n", known.differences(wanted, folder)),
                    Remedy.type("lab down " + folder.lab())
                            .with(
                                    "then repeat the command; or choose another name: lab up --name NAME"));
        }
    }

    /** Deletes the directory; a failure of this is added to the original one. */
    private static void forget(LabFolder folder, Exception reason) {
        try {
            folder.delete();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /**
     * Deletes the lab in any state, also if its directory is lost.
     *
     * @param force even if this affects other users of the cluster
     * @throws Failure if neither a record nor remains of the lab exist
     * @throws IOException if something could not be deleted; everything else is, and the directory
     *     is kept for another attempt
     */
    public void down(String lab, boolean force, Progress progress) throws IOException {
        LabFolder folder = home.lab(lab);
        try (LockFile _ = folder.lock()) {
            adoptFirstRelease();
            List<Provider> made = providersOf(folder);
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

    /**
     * The provider in the record; if that is lost, those that find the lab's mark on the machine.
     */
    private List<Provider> providersOf(LabFolder folder) throws IOException {
        Optional<String> provider = LabRecord.provider(folder);
        if (provider.isPresent()) {
            return List.of(providers.provider(provider.get()));
        }
        List<Provider> made = new ArrayList<>();
        for (Provider candidate : providers.candidates()) {
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
