package dev.cnilab.embedded;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.ClusterSelection;
import dev.cnilab.cluster.CreationProgress;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.cluster.ImageBuild;
import dev.cnilab.cluster.NodeNetwork;
import dev.cnilab.cluster.Provider;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.cluster.kubernetes.NodeOrder;
import dev.cnilab.embedded.node.ClusterNamespaces;
import dev.cnilab.embedded.node.ClusterPlan;
import dev.cnilab.embedded.node.NamespaceCleanup;
import dev.cnilab.embedded.node.NodePlan;
import dev.cnilab.host.NameTakenException;
import dev.cnilab.host.OwnedNamespaces;
import dev.cnilab.image.ProgramImage;
import dev.cnilab.preflight.LocalProvider;
import dev.cnilab.preflight.Preflight;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.ManifestObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The provider of clusters whose nodes are network namespaces of this machine. */
public final class EmbeddedProvider implements Provider {

    /** The name by which it is selected. */
    public static final String NAME = "embedded";

    private final Preflight preflight;
    private final String version;

    /**
     * Creates the provider.
     *
     * @param version of this program
     */
    public EmbeddedProvider(Preflight preflight, String version) {
        this.preflight = preflight;
        this.version = version;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String image() {
        return ProgramImage.REPOSITORY + ":" + version;
    }

    /** Returns none: the image is this program. */
    @Override
    public Optional<ImageBuild> imageBuild() {
        return Optional.empty();
    }

    @Override
    public Optional<NodeNetwork> network() {
        return Optional.of(new BridgeNetwork());
    }

    @Override
    public Optional<ClusterSelection> selection() {
        return Optional.empty();
    }

    /** Returns true: it works without installing anything. */
    @Override
    public boolean isDefault() {
        return true;
    }

    @Override
    public boolean needsRoot() {
        return true;
    }

    @Override
    public void check(ManifestObject object) {
        ServedObjects.check(object);
    }

    @Override
    public void preflight(LabSpec spec, Path folder, Downloads downloads) throws IOException {
        preflight.require(LocalProvider.EMBEDDED, spec);
        try {
            new OwnedNamespaces(folder).requireFree(topology(spec, folder).names());
        } catch (NameTakenException e) {
            throw taken(e);
        }
    }

    @Override
    public boolean remains(String lab, Path folder) throws IOException {
        return new NamespaceCleanup(lab, folder).exist()
                || new DaemonProcess(new ClusterState(folder)).exists();
    }

    @Override
    public void createCluster(
            LabSpec spec, Path folder, Downloads downloads, CreationProgress progress)
            throws IOException {
        ClusterState state = new ClusterState(folder);
        ClusterPlan plan = ClusterPlan.of(spec);
        state.savePlan(plan);
        new ClusterNamespaces(plan, folder).ensure();
        progress.note(plan.nodes().size() + " nodes on " + plan.gateway4().network());
        new DaemonProcess(state).ensure();
        progress.note("Kubernetes API serves");
    }

    /** The objects are on disk; nodes and pods are recreated. */
    @Override
    public boolean resumes(Path folder) throws IOException {
        ClusterState state = new ClusterState(folder);
        return state.plan().isPresent() && state.daemon().isPresent();
    }

    @Override
    public void deleteCluster(String lab, Path folder, boolean force, Consumer<String> progress)
            throws IOException {
        ClusterState state = new ClusterState(folder);
        new DaemonProcess(state).end();
        FirstRelease.adopt(state);
        new NamespaceCleanup(lab, folder).removeNodes();
        state.delete();
    }

    @Override
    public Optional<Cluster> open(String lab, Path folder) throws IOException {
        ClusterState state = new ClusterState(folder);
        Optional<ClusterPlan> plan = state.plan();
        if (plan.isEmpty() || new DaemonProcess(state).running().isEmpty()) {
            return Optional.empty();
        }
        KubernetesCluster api =
                new KubernetesCluster(
                        Files.readString(state.kubeconfig()),
                        new NodeOrder(plan.get().nodes().stream().map(NodePlan::name).toList()));
        if (!api.answers()) {
            api.close();
            return Optional.empty();
        }
        return Optional.of(new EmbeddedCluster(state, plan.get(), api));
    }

    static ClusterNamespaces topology(LabSpec spec, Path folder) {
        return new ClusterNamespaces(ClusterPlan.of(spec), folder);
    }

    static Failure taken(NameTakenException taken) {
        return new Failure(
                Failure.Kind.PREFLIGHT,
                "name-taken",
                "the network namespace " + taken.name() + " exists and is not this lab's",
                taken.owner()
                        .map(folder -> "it belongs to the lab in " + folder)
                        .orElse("lab did not create it; ip netns list shows it"),
                "choose another name: lab up --name NAME",
                taken);
    }
}
