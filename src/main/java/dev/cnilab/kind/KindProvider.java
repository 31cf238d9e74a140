package dev.cnilab.kind;

import static java.lang.System.Logger.Level.DEBUG;

import dev.cnilab.base.Failure;
import dev.cnilab.base.Remedy;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.ClusterSelection;
import dev.cnilab.cluster.CreationProgress;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.cluster.ImageBuild;
import dev.cnilab.cluster.NodeContainer;
import dev.cnilab.cluster.NodeNetwork;
import dev.cnilab.cluster.Provider;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.cluster.kubernetes.NodeOrder;
import dev.cnilab.image.ImageCache;
import dev.cnilab.image.OwnImage;
import dev.cnilab.kind.docker.DockerEngine;
import dev.cnilab.kind.docker.EngineAddress;
import dev.cnilab.preflight.LocalProvider;
import dev.cnilab.preflight.Preflight;
import dev.cnilab.spec.LabSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Creates clusters with kind, whose nodes are Docker containers on this machine. */
public final class KindProvider implements Provider {

    private static final System.Logger LOG = System.getLogger(KindProvider.class.getName());

    private final Map<String, String> environment;
    private final Preflight preflight;
    private final String version;

    /**
     * @param version of lab
     */
    public KindProvider(Map<String, String> environment, Preflight preflight, String version) {
        this.environment = Map.copyOf(environment);
        this.preflight = preflight;
        this.version = version;
    }

    @Override
    public String name() {
        return "kind";
    }

    @Override
    public String image() throws IOException {
        return images().reference();
    }

    @Override
    public Optional<ImageBuild> imageBuild() {
        return Optional.of(
                new ImageBuild() {
                    @Override
                    public boolean built() throws IOException {
                        return images().exists();
                    }

                    @Override
                    public void build(Consumer<String> progress) throws IOException {
                        images().image(progress);
                    }
                });
    }

    @Override
    public Optional<NodeNetwork> network() {
        return Optional.of(
                new NodeNetwork() {
                    @Override
                    public boolean exists(LabSpec spec, Path folder) throws IOException {
                        try (DockerEngine engine = engine()) {
                            return new KindNetwork(engine).exists(spec.network());
                        }
                    }

                    @Override
                    public void create(LabSpec spec, Path folder) throws IOException {
                        try (DockerEngine engine = engine()) {
                            remember(spec, engine, false).write(folder);
                            new KindNetwork(engine).create(spec.name(), spec.network());
                        }
                    }

                    @Override
                    public void delete(String lab, Path folder) throws IOException {
                        KindRecord record = KindRecord.read(folder);
                        try (DockerEngine engine = engine(record)) {
                            new KindNetwork(engine).release(lab, record.network());
                        }
                    }
                });
    }

    @Override
    public Optional<ClusterSelection> selection() {
        return Optional.empty();
    }

    @Override
    public boolean needsRoot() {
        return false;
    }

    /** False: kind cannot resume a cluster. */
    @Override
    public boolean resumes(Path folder) {
        return false;
    }

    /** True if a Docker engine is reachable. */
    @Override
    public boolean isDefault() {
        try {
            EngineAddress address = EngineAddress.find(environment);
            if (!address.isLocal() || Files.notExists(address.socket())) {
                return false;
            }
            DockerEngine.open(address).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void preflight(LabSpec spec, Path folder, Downloads downloads) throws IOException {
        KindConfig.of(spec);
        preflight.require(LocalProvider.KIND, spec);
        try (DockerEngine engine = engine()) {
            requireFree(KindNodes.of(engine, spec.name(), folder, KindRecord.read(folder)));
        }
        Optional<Path> installed = KindProgram.installed(environment);
        if (installed.isPresent()) {
            KindProgram.of(installed.get());
        } else if (downloads.cached(KindProgram.pinned()).isEmpty() && !downloads.allowed()) {
            throw new Failure(
                    Failure.Kind.PREFLIGHT,
                    "kind-missing",
                    "kind is not installed and downloads are disabled",
                    "PATH=" + environment.getOrDefault("PATH", ""),
                    "install kind (https://kind.sigs.k8s.io), set LAB_KIND to its path, or run without"
                            + " --no-download");
        }
    }

    /** Whether containers are marked as the lab's. Networks do not count, since labs share them. */
    @Override
    public boolean remains(String lab, Path folder) throws IOException {
        try (DockerEngine engine = engine()) {
            return !KindNodes.of(engine, lab, folder, KindRecord.read(folder)).list().isEmpty();
        }
    }

    @Override
    public void createCluster(
            LabSpec spec, Path folder, Downloads downloads, CreationProgress progress)
            throws IOException {
        try (DockerEngine engine = engine()) {
            KindNodes nodes = KindNodes.of(engine, spec.name(), folder, KindRecord.read(folder));
            requireFree(nodes);
            if (!nodes.list().isEmpty()) {
                progress.note("removing nodes of an earlier attempt");
                nodes.remove();
            }
            KindProgram kind = KindProgram.find(environment, downloads, progress::note);
            remember(spec, engine, true).write(folder);
            // Before kind runs, since it may succeed although lab was killed meanwhile.
            OwnImage.outside(folder).unpack();
            Path logs = downloads.cache().resolve("kind-logs").resolve(spec.name());
            KindCreation creation =
                    new KindCreation(kind, spec, folder, logs, engine.address().host());
            creation.run(
                    progress::note,
                    step -> {
                        switch (step) {
                            case NODES_CONFIGURED ->
                                    progress.nodesRun(new NodeImages(nodes, this::images));
                            case CONTROL_PLANE_STARTED ->
                                    openEarly(creation, spec.name(), folder)
                                            .ifPresent(progress::serves);
                        }
                    });
        }
    }

    /**
     * Opens the cluster while kind still runs. Errors are ignored, since it is opened again after
     * kind has exited.
     */
    private Optional<Cluster> openEarly(KindCreation creation, String lab, Path folder) {
        try {
            return opened(creation.kubeconfig(), lab, folder);
        } catch (IOException e) {
            LOG.log(DEBUG, "the API does not serve yet", e);
            return Optional.empty();
        }
    }

    @Override
    public void deleteCluster(String lab, Path folder, boolean force, Consumer<String> progress)
            throws IOException {
        KindRecord record = KindRecord.read(folder);
        try (DockerEngine engine = engine(record)) {
            KindNodes nodes = KindNodes.of(engine, lab, folder, record);
            if (record.cluster() && Files.notExists(kubeconfig(folder))) {
                nodes.removeUnfinished();
            } else {
                nodes.remove();
            }
        }
    }

    @Override
    public Optional<Cluster> open(String lab, Path folder) throws IOException {
        Path kubeconfig = kubeconfig(folder);
        if (!KindRecord.read(folder).cluster() || Files.notExists(kubeconfig)) {
            return Optional.empty();
        }
        return opened(Files.readString(kubeconfig), lab, folder);
    }

    /** Empty if its API does not respond. */
    private Optional<Cluster> opened(String kubeconfig, String lab, Path folder)
            throws IOException {
        KindRecord record = KindRecord.read(folder);
        KubernetesCluster api = new KubernetesCluster(kubeconfig, new NodeOrder(record.nodes()));
        if (!api.answers()) {
            api.close();
            return Optional.empty();
        }
        KindNodes nodes = KindNodes.of(engine(record), lab, folder, record);
        return Optional.of(new KindCluster(api, nodes, this::images, OwnImage.outside(folder)));
    }

    /** The kubeconfig, which kind writes at the end. */
    private static Path kubeconfig(Path folder) {
        return folder.resolve("kubeconfig");
    }

    private static void requireFree(KindNodes nodes) throws IOException {
        List<NodeContainer> others = nodes.others();
        if (!others.isEmpty()) {
            throw new Failure(
                    Failure.Kind.PROVIDER,
                    "cluster-name-taken",
                    "a kind cluster " + nodes.lab() + " exists and is not this lab's",
                    "its first node is " + others.getFirst().name(),
                    Remedy.type("kind delete cluster --name " + nodes.lab())
                            .with("or choose another name: lab up --name NAME"));
        }
    }

    private static KindRecord remember(LabSpec spec, DockerEngine engine, boolean cluster) {
        return new KindRecord(
                engine.address().host(), spec.network().name(), cluster, spec.nodeNames(), true);
    }

    private ImageCache images() throws IOException {
        return ImageCache.of(environment, version);
    }

    private DockerEngine engine() throws IOException {
        return DockerEngine.open(EngineAddress.find(environment));
    }

    /** The engine that the lab was created on, regardless of the current environment. */
    private DockerEngine engine(KindRecord record) throws IOException {
        return record.dockerHost().isEmpty()
                ? engine()
                : DockerEngine.open(new EngineAddress(record.dockerHost(), "the lab's record"));
    }
}
