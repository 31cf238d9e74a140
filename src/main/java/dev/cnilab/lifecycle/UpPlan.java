package dev.cnilab.lifecycle;

import static dev.cnilab.lifecycle.FunctionalAction.action;
import static dev.cnilab.lifecycle.Plan.make;

import dev.cnilab.base.Remedy;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.ClusterDns;
import dev.cnilab.cluster.CreationProgress;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.cluster.ImageBuild;
import dev.cnilab.cluster.ImageLoader;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.NodeNetwork;
import dev.cnilab.cluster.Provider;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.Manifests;
import dev.cnilab.spec.RecorderSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The plan of {@code up}. */
final class UpPlan {

    private final LabSpec spec;
    private final Provider provider;
    private final LabFolder folder;
    private final SysctlLedger sysctls;
    private final ClusterHandle cluster;
    private final Duration budget;
    private final Downloads downloads;
    private final Manifests manifests;
    private final CniInstallation cni;

    UpPlan(
            LabSpec spec,
            String image,
            Provider provider,
            LabFolder folder,
            SysctlLedger sysctls,
            ClusterHandle cluster,
            LabService.UpOptions options) {
        this.spec = spec;
        this.provider = provider;
        this.folder = folder;
        this.sysctls = sysctls;
        this.cluster = cluster;
        this.budget = options.budget();
        this.downloads = options.downloads();
        this.manifests = new Manifests(spec, image);
        this.cni = new CniInstallation(spec, manifests, downloads);
    }

    Plan plan() {
        List<Plan> parts = new ArrayList<>();
        parts.add(make(preflight()));
        if (provider.managesNodes()) {
            parts.add(make(tuneSysctls()));
        }
        provider.network().ifPresent(network -> parts.add(make(createNetwork(network))));
        parts.add(cluster());
        if (!cni.reachesLaterNodes()) {
            parts.add(make(installCni()));
        }
        parts.add(make(awaitNodes()));
        parts.add(make(deployWorkloads()));
        parts.add(make(awaitPods()));
        return new Plan.InOrder(parts);
    }

    /**
     * Creates the cluster, and in parallel does the work that needs its nodes or its API only. The
     * CNI is last, as its agents need the image.
     */
    private Plan cluster() {
        List<Plan> image = new ArrayList<>();
        provider.imageBuild().ifPresent(build -> image.add(make(buildImage(build))));
        image.add(new Plan.Await(cluster::awaitNodes));
        image.add(make(loadImage()));
        Plan onceServing =
                new Plan.InOrder(
                        List.of(
                                new Plan.Await(cluster::awaitServing),
                                new Plan.Concurrently(onFreshCluster())));
        List<Plan> meanwhile = new ArrayList<>();
        meanwhile.add(new Plan.Concurrently(List.of(new Plan.InOrder(image), onceServing)));
        if (cni.reachesLaterNodes()) {
            meanwhile.add(make(installCni()));
        }
        return new Plan.Concurrently(
                List.of(
                        new Plan.InOrder(
                                List.of(make(createCluster()), new Plan.Await(cluster::created))),
                        new Plan.InOrder(meanwhile)));
    }

    private List<Plan> onFreshCluster() {
        List<Plan> parts = new ArrayList<>();
        if (provider.managesNodes()) {
            parts.add(make(startRecorder()));
        }
        if (spec.kubernetes().untaint()) {
            parts.add(make(removeTaints()));
        }
        if (!spec.kubernetes().dns()) {
            parts.add(make(stopDns()));
        }
        return parts;
    }

    private Action preflight() {
        return action("preflight", "Check the machine")
                .doneWhen(cluster::exists)
                .makeBy(progress -> provider.preflight(spec, folder.path(), downloads));
    }

    private Action tuneSysctls() {
        Map<String, Long> minimums = spec.host().sysctls();
        return action("tune-sysctls", "Tune host sysctls")
                .doneWhen(() -> sysctls.satisfied(folder, minimums))
                .makeBy(progress -> sysctls.raise(folder, minimums).forEach(progress::note))
                .undoBy(progress -> sysctls.release(folder).forEach(progress::note));
    }

    private Action createNetwork(NodeNetwork network) {
        return action(
                        "create-network",
                        "Create network "
                                + spec.network().name()
                                + " ("
                                + spec.network().ipv4().subnet()
                                + ")")
                .doneWhen(() -> network.exists(spec, folder.path()))
                .makeBy(progress -> network.create(spec, folder.path()))
                .undoBy(progress -> network.delete(spec.name(), folder.path()));
    }

    private Action createCluster() {
        String title =
                provider.managesNodes()
                        ? "Create cluster ("
                                + spec.nodes().size()
                                + " nodes, "
                                + provider.name()
                                + ")"
                        : "Connect to cluster";
        return action("create-cluster", title)
                .doneWhen(cluster::exists)
                .makeBy(progress ->
                        provider.createCluster(spec, folder.path(), downloads, creation(progress)))
                .undoBy(progress -> {
                    cluster.close();
                    provider.deleteCluster(spec.name(), folder.path(), false, progress::note);
                });
    }

    private CreationProgress creation(Progress progress) {
        return new CreationProgress() {
            @Override
            public void note(String line) {
                progress.note(line);
            }

            @Override
            public void nodesRun(ImageLoader loader) {
                cluster.nodesRun(loader);
            }

            @Override
            public void serves(Cluster serving) {
                cluster.serves(serving);
            }
        };
    }

    private Action buildImage(ImageBuild builder) {
        return action("build-image", "Build image (agent and demo)")
                .doneWhen(builder::built)
                .makeBy(progress -> builder.build(progress::note));
    }

    private Action removeTaints() {
        return action("remove-taints", "Remove taints from control planes")
                .doneWhen(() ->
                        cluster.get().nodes().stream()
                                .filter(node -> node.role() == Node.Role.CONTROL_PLANE)
                                .noneMatch(UpPlan::tainted))
                .makeBy(progress -> cluster.get().untaint());
    }

    private static boolean tainted(Node node) {
        return node.taints().stream()
                .anyMatch(taint -> taint.startsWith("node-role.kubernetes.io/"));
    }

    private Action stopDns() {
        return action("stop-dns", "Stop cluster DNS")
                .doneWhen(() -> absentOr(cluster.get().dns(), dns -> !dns.runs()))
                .makeBy(progress -> ifPresent(cluster.get().dns(), ClusterDns::stop));
    }

    private Action startRecorder() {
        RecorderSpec recorder = spec.recorder();
        return action("start-recorder", "Record netlink events")
                .doneWhen(() ->
                        absentOr(cluster.get().startRecorder(), each -> each.records(recorder)))
                .makeBy(progress ->
                        ifPresent(cluster.get().startRecorder(), each -> each.start(recorder)));
    }

    private Action loadImage() {
        return action("load-image", "Load image into nodes")
                .doneWhen(() -> absentOr(cluster.imageLoader(), ImageLoader::loaded))
                .makeBy(progress -> ifPresent(cluster.imageLoader(), ImageLoader::load));
    }

    /** A query of a capability. */
    @FunctionalInterface
    private interface Question<T> {
        boolean ask(T capability) throws IOException;
    }

    /** An operation of a capability. */
    @FunctionalInterface
    private interface Use<T> {
        void make(T capability) throws IOException;
    }

    private static <T> boolean absentOr(Optional<T> capability, Question<T> question)
            throws IOException {
        return capability.isEmpty() || question.ask(capability.get());
    }

    private static <T> void ifPresent(Optional<T> capability, Use<T> use) throws IOException {
        if (capability.isPresent()) {
            use.make(capability.get());
        }
    }

    private Action installCni() {
        return action("install-cni", "Install CNI (" + cni.description() + ")")
                .doneWhen(() -> cni.isInstalled(cluster.get()))
                .makeBy(progress -> cni.install(cluster.get(), progress::note));
    }

    private Readiness readiness() throws IOException {
        return new Readiness(
                cluster.get(),
                budget,
                Remedy.advise(
                        LabRecord.read(folder).up() + " --retain keeps the pods and their logs"));
    }

    private Action awaitNodes() {
        return action("await-nodes", "Wait for nodes to be Ready")
                .doneWhen(() -> cluster.get().nodes().stream().allMatch(Node::ready))
                .makeBy(progress -> readiness().awaitNodes());
    }

    private Action deployWorkloads() {
        String objects = String.join("\n---\n", manifests.workloads());
        String names =
                spec.workloads().stream()
                        .map(workload -> workload.manifest().name())
                        .collect(Collectors.joining(", "));
        return action("deploy", "Deploy " + names)
                .doneWhen(() -> cluster.get().objects().applied(objects))
                .makeBy(progress -> cluster.get().objects().apply(objects));
    }

    private Action awaitPods() {
        return action("await-pods", "Wait for pods to be Ready")
                .doneWhen(() -> Readiness.podsReady(cluster.get()))
                .makeBy(progress -> readiness().awaitPods());
    }
}
