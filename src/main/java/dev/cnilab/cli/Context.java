package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.base.Remedy;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.cli.render.Console;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Provider;
import dev.cnilab.embedded.preflight.EmbeddedRequirements;
import dev.cnilab.lifecycle.Journal;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.lifecycle.LabRecord;
import dev.cnilab.lifecycle.LabService;
import dev.cnilab.lifecycle.StateHome;
import dev.cnilab.preflight.Preflight;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The context of all commands: terminal, environment, state directory, providers. */
record Context(
        Console console,
        Map<String, String> environment,
        StateHome home,
        Preflight preflight,
        List<Provider> providers)
        implements LabService.ProviderLookup {

    /**
     * @throws Failure if the provider is unknown, or needs root and this user cannot become it
     * @throws NotRoot if it needs root and this user is not root
     */
    @Override
    public Provider provider(String name) throws IOException {
        Provider found = knownProvider(name);
        if (found.needsRoot() && !Rootless.isRoot()) {
            EmbeddedRequirements.privileges().require();
            throw new NotRoot();
        }
        return found;
    }

    /**
     * A provider to ask, not to create anything with: regardless of this user's privileges.
     *
     * @throws Failure if it is unknown
     */
    Provider knownProvider(String name) throws Failure {
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new Failure(
                                Failure.Kind.USAGE,
                                "no-such-provider",
                                "unknown provider: " + name,
                                "known: "
                                        + providers.stream()
                                                .map(Provider::name)
                                                .collect(Collectors.joining(", ")),
                                ""));
    }

    @Override
    public List<Provider> candidates() throws IOException {
        List<Provider> candidates = new ArrayList<>();
        for (Provider provider : providers) {
            if (provider.isDefault()) {
                candidates.add(provider(provider.name()));
            }
        }
        return candidates;
    }

    /** The name of the default provider of a lab with this name. */
    String defaultProvider(String lab) throws IOException {
        LabFolder folder = home.lab(lab);
        return LabRecord.exists(folder)
                ? LabRecord.read(folder).provider()
                : defaultProvider().orElseThrow();
    }

    /** The name of the provider for labs that do not exist yet; empty if none is wired. */
    Optional<String> defaultProvider() {
        return providers.stream().filter(Provider::isDefault).findFirst().map(Provider::name);
    }

    /** The time factor, from LAB_TIME_FACTOR. */
    TimeFactor timeFactor() throws Failure {
        return TimeFactor.of(environment);
    }

    /**
     * The lab of that name; if none is given, that of LAB_LAB, or the only one.
     *
     * @throws Failure if none is given and there is none, or more than one
     */
    LabFolder folder(@Nullable String name) throws IOException {
        if (name != null) {
            return home.lab(name);
        }
        String current = environment.getOrDefault("LAB_LAB", "");
        if (!current.isEmpty()) {
            return home.lab(current);
        }
        List<LabFolder> labs = home.labs();
        if (labs.size() == 1) {
            return labs.getFirst();
        }
        String names = labs.stream().map(LabFolder::lab).collect(Collectors.joining(", "));
        throw labs.isEmpty()
                ? new Failure(
                        Failure.Kind.PROVIDER,
                        "no-lab",
                        "no lab is up",
                        "",
                        Remedy.type("lab up flannel-ipip"))
                : new Failure(Failure.Kind.USAGE, "which-lab", "which lab?", "known: " + names, "");
    }

    /**
     * A lab's effective spec.
     *
     * @throws SpecException if this version of lab cannot parse it
     */
    LabSpec spec(LabFolder folder) throws IOException, SpecException {
        return LabRecord.read(folder).spec(folder);
    }

    /**
     * A lab's record with its file as it is now, so that edited steps and pages take effect. If the
     * file is gone, or describes another cluster, which is reported, it is as {@code up} read it.
     *
     * @throws SpecException with all problems of the file
     */
    LabRecord edited(LabFolder folder) throws IOException, SpecException {
        LabRecord made = LabRecord.read(folder);
        if (made.source().isEmpty()) {
            return made;
        }
        Optional<LabRecord> edited = LabFile.again(made.source()).map(made::with);
        if (edited.isEmpty() || edited.get().isSameCluster(made, folder)) {
            return edited.orElse(made);
        }
        console.err()
                .printf(
                        "lab %s differs from %s (%s); its steps are those of lab up%n",
                        folder.lab(),
                        made.source().getFirst(),
                        String.join("; ", made.differences(edited.get(), folder)));
        return made;
    }

    /**
     * The cluster of a lab.
     *
     * @throws Failure if the lab is not up
     */
    Cluster cluster(LabFolder folder) throws IOException {
        LabRecord record = LabRecord.read(folder);
        Provider provider = provider(record.provider());
        Optional<Cluster> cluster = provider.open(folder.lab(), folder.path());
        if (cluster.isEmpty()) {
            throw new Failure(
                    Failure.Kind.PROVIDER,
                    "cluster-gone",
                    "the cluster of lab " + folder.lab() + " is not reachable",
                    standing(folder),
                    record.repair().with("lab down " + folder.lab() + " deletes what remains"));
        }
        return cluster.get();
    }

    /** The lab's state from its journal: the action that did not complete, else the last one. */
    private static String standing(LabFolder folder) throws IOException {
        List<Journal.Entry> standing = folder.journal().standing();
        String told =
                standing.stream()
                        .filter(entry -> entry.state() == Journal.State.BEGUN)
                        .findFirst()
                        .or(() -> standing.reversed().stream().findFirst())
                        .map(entry ->
                                entry.action()
                                        + " was "
                                        + entry.state().name().toLowerCase(Locale.ROOT)
                                        + " at "
                                        + entry.time().truncatedTo(ChronoUnit.SECONDS))
                        .orElse("nothing of it was created");
        return told + "; its state is in " + folder.path();
    }
}
