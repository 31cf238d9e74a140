package dev.cnilab.existing;

import dev.cnilab.base.Failure;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.ClusterSelection;
import dev.cnilab.cluster.CreationProgress;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.cluster.ImageBuild;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.NodeNetwork;
import dev.cnilab.cluster.Provider;
import dev.cnilab.cluster.kubeconfig.SelectedContext;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.image.ImageCache;
import dev.cnilab.image.OwnImage;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.spec.CniSpec;
import dev.cnilab.spec.LabSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The provider of existing clusters, reached only through their Kubernetes API. */
public final class ExistingProvider implements Provider {

    /** The DaemonSet of the bundled CNI. */
    private static final String AGENT = "lab-ipip";

    private final Map<String, String> environment;
    private final String version;
    private final ExistingSettings settings;

    /**
     * Creates the provider for labs that are up, whose directories have the settings.
     *
     * @param version of this program
     */
    public ExistingProvider(Map<String, String> environment, String version) {
        this(environment, version, ExistingSettings.of(""));
    }

    private ExistingProvider(
            Map<String, String> environment, String version, ExistingSettings settings) {
        this.environment = Map.copyOf(environment);
        this.version = version;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "existing";
    }

    @Override
    public String image() throws IOException {
        return settings.image().isEmpty()
                ? ImageCache.of(environment, version).reference()
                : settings.image();
    }

    /** Returns none: nodes have the image, or pull it. */
    @Override
    public Optional<ImageBuild> imageBuild() {
        return Optional.empty();
    }

    @Override
    public Optional<NodeNetwork> network() {
        return Optional.empty();
    }

    @Override
    public Optional<ClusterSelection> selection() {
        return Optional.of(
                place -> new ExistingProvider(environment, version, ExistingSettings.of(place)));
    }

    @Override
    public boolean isDefault() {
        return false;
    }

    @Override
    public boolean needsRoot() {
        return false;
    }

    @Override
    public boolean resumes(Path folder) {
        return false;
    }

    @Override
    public void preflight(LabSpec spec, Path folder, Downloads downloads) throws IOException {
        if (!spec.kubernetes().dns()) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "existing-keeps-dns",
                    "lab does not stop the DNS of an existing cluster",
                    "",
                    "omit --no-dns; the lab does not wait for DNS pods");
        }
        switch (spec.cni()) {
            case CniSpec.LabIpip _ -> {}
            case CniSpec.Flannel _ -> throw needsFiles("flannel", "its plugin bridge");
            case CniSpec.Conflist _ -> throw needsFiles("conflist", "its plugins and conflist");
        }
        SelectedContext context = SelectedContext.of(settings.kubeconfig(), settings.context());
        try (KubernetesCluster api = new KubernetesCluster(context.text())) {
            requireAnswer(api, settings.kubeconfig(), "");
            requireSubnets(api, spec.kubernetes().podSubnet());
            if (!settings.besideOtherCni()) {
                OtherCni.refuse(api, spec.name());
            }
        }
    }

    private static Failure needsFiles(String type, String files) {
        return new Failure(
                Failure.Kind.USAGE,
                "existing-needs-manifest",
                "provider existing cannot install a CNI of type " + type,
                files + " must be installed on nodes, which lab reaches only through the API",
                "use cni.type lab-ipip, which installs itself, or another provider");
    }

    /**
     * Checks that the API answers.
     *
     * @param otherwise the alternative fix
     */
    private static void requireAnswer(KubernetesCluster api, Path kubeconfig, String otherwise)
            throws IOException {
        try {
            api.nodes();
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.PROVIDER,
                    "api-unreachable",
                    "the cluster does not answer, or not to this user",
                    String.valueOf(e.getMessage()),
                    "try: kubectl --kubeconfig " + kubeconfig + " get nodes" + otherwise,
                    e);
        }
    }

    private static void requireSubnets(KubernetesCluster api, Ipv4Prefix pods) throws IOException {
        for (Node node : api.nodes()) {
            if (node.podSubnet().filter(pods::contains).isEmpty()) {
                throw new Failure(
                        Failure.Kind.PREFLIGHT,
                        "pod-subnet-differs",
                        "the pod subnet of node " + node.name() + " is not in the lab's " + pods,
                        "its podCIDR is "
                                + node.podSubnet().map(Ipv4Prefix::toString).orElse("none"),
                        "write the cluster's into a copy of the lab (kubernetes.podSubnet,"
                                + " cni.network); without one, its controller manager needs"
                                + " --allocate-node-cidrs");
            }
        }
    }

    /** Returns false: it creates nothing on this machine outside of the directory. */
    @Override
    public boolean remains(String lab, Path folder) {
        return false;
    }

    @Override
    public void createCluster(
            LabSpec spec, Path folder, Downloads downloads, CreationProgress progress)
            throws IOException {
        ExistingState state = new ExistingState(spec.name(), folder, image());
        state.write();
        SelectedContext context = SelectedContext.of(settings.kubeconfig(), settings.context());
        state.saveKubeconfig(context.text());
        OwnImage.outside(folder).unpack();
        progress.note("context " + context.name() + " of " + settings.kubeconfig());
    }

    /** Removes the lab from the cluster; the cluster stays. */
    @Override
    public void deleteCluster(String lab, Path folder, boolean force, Consumer<String> progress)
            throws IOException {
        ExistingState state = ExistingState.read(lab, folder);
        if (Files.notExists(state.kubeconfig())) {
            return;
        }
        try (KubernetesCluster api = new KubernetesCluster(state.kubeconfig())) {
            requireAnswer(
                    api,
                    state.kubeconfig(),
                    "; if that cluster was deleted, delete the lab's state: rm -r " + folder);
            ExistingCluster cluster = new ExistingCluster(api, state, OwnImage.outside(folder));
            CniRemoval cni =
                    new CniRemoval(
                            state, api, cluster, force, TimeFactor.of(environment), progress);
            OwnedObjects objects = state.objects();
            // Recorded once every node was reached; before that there is nothing on the nodes.
            List<String> nodes = objects.contains(AGENT) ? cni.evacuate() : List.of();
            // Before the CNI: the node lifecycle controller taints a node that loses it, with a
            // patch that replaces all taints by those it knew, and so would remove one that lab
            // sets at the same time.
            state.taints().restore(api);
            objects.delete(
                    api,
                    identity -> !identity.at("/metadata/name").asText().equals(NodePods.NAME),
                    api.objects()::deleteWithDependents);
            cni.uninstall(nodes);
            objects.delete(api, identity -> true, api.objects()::deleteDaemonSetAtOnce);
            api.nodeObjects().forgetLeases();
            cni.release();
        }
    }

    @Override
    public Optional<Cluster> open(String lab, Path folder) throws IOException {
        ExistingState state = ExistingState.read(lab, folder);
        if (Files.notExists(state.kubeconfig()) || state.removal().begun()) {
            return Optional.empty();
        }
        KubernetesCluster api = new KubernetesCluster(state.kubeconfig());
        if (!api.answers()) {
            api.close();
            return Optional.empty();
        }
        return Optional.of(new ExistingCluster(api, state, OwnImage.outside(folder)));
    }
}
