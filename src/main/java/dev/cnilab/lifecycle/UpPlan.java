package dev.cnilab.lifecycle;

import static dev.cnilab.lifecycle.Plan.make;
import static dev.cnilab.lifecycle.ScriptedAction.action;

import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Provider;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.Manifests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What brings a lab up, in order. */
final class UpPlan {

    private final LabSpec spec;
    private final Provider provider;
    private final LabFolder folder;
    private final SysctlLedger sysctls;
    private final OpenedCluster cluster;
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
            OpenedCluster cluster,
            Labs.UpOptions options) {
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
        if (provider.makesNodes()) {
            parts.add(make(tuneSysctls()));
            parts.add(make(createNetwork()));
        }
        parts.add(cluster());
        if (!cni.reachesLaterNodes()) {
            parts.add(make(installCni()));
        }
        parts.add(make(awaitNodes()));
        parts.add(make(deployWorkloads()));
        parts.add(make(awaitPods()));
        return new Plan.InOrder(parts);
    }

    /** Its making, and what can be done as soon as its API serves, while nodes still join. */
    private Plan cluster() {
        List<Plan> onFreshCluster = new ArrayList<>();
        if (provider.makesNodes()) {
            onFreshCluster.add(make(startRecorder()));
        }
        if (spec.kubernetes().untaint()) {
            onFreshCluster.add(make(removeTaints()));
        }
        if (!spec.kubernetes().dns()) {
            onFreshCluster.add(make(stopDns()));
        }
        onFreshCluster.add(make(loadImage()));
        List<Plan> onceServing = new ArrayList<>();
        onceServing.add(new Plan.Meet(cluster::awaitServing));
        onceServing.add(new Plan.AtOnce(onFreshCluster));
        if (cni.reachesLaterNodes()) {
            onceServing.add(make(installCni()));
        }
        List<Plan> atOnce = new ArrayList<>();
        atOnce.add(new Plan.InOrder(List.of(make(createCluster()), new Plan.Meet(cluster::made))));
        if (provider.makesNodes()) {
            atOnce.add(make(buildImage()));
        }
        atOnce.add(new Plan.InOrder(onceServing));
        return new Plan.AtOnce(atOnce);
    }

    private Action preflight() {
        return action("preflight", "Look whether this machine has what is needed")
                .doneWhen(cluster::exists)
                .makeBy(progress -> provider.preflight(spec, folder.path(), downloads));
    }

    private Action tuneSysctls() {
        Map<String, Long> minimums = spec.host().sysctls();
        return action("tune-sysctls", "Tune the host's sysctls")
                .doneWhen(() -> sysctls.satisfied(folder, minimums))
                .makeBy(progress -> sysctls.raise(folder, minimums).forEach(progress::note))
                .undoBy(progress -> sysctls.release(folder).forEach(progress::note));
    }

    private Action createNetwork() {
        return action(
                        "create-network",
                        "Create the network "
                                + spec.network().name()
                                + " ("
                                + spec.network().ipv4().subnet()
                                + ")")
                .doneWhen(() -> provider.networkExists(spec, folder.path()))
                .makeBy(progress -> provider.createNetwork(spec, folder.path()))
                .undoBy(progress -> provider.deleteNetwork(spec.name(), folder.path()));
    }

    private Action createCluster() {
        String title =
                provider.makesNodes()
                        ? "Create the cluster ("
                                + spec.nodes().size()
                                + " nodes, "
                                + provider.name()
                                + ")"
                        : "Connect to the cluster";
        return action("create-cluster", title)
                .doneWhen(cluster::exists)
                .makeBy(progress ->
                        provider.createCluster(
                                spec, folder.path(), downloads, progress::note, cluster::serves))
                .undoBy(progress -> {
                    cluster.close();
                    provider.deleteCluster(spec.name(), folder.path(), progress::note);
                });
    }

    private Action buildImage() {
        return action("build-image", "Make the image of agent and demo")
                .doneWhen(provider::imageBuilt)
                .makeBy(progress -> provider.buildImage(progress::note));
    }

    private Action removeTaints() {
        return action("remove-taints", "Let pods run on the control plane")
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
        return action("stop-dns", "Stop the cluster's DNS, which the lab does without")
                .doneWhen(() -> !cluster.get().hasDns())
                .makeBy(progress -> cluster.get().stopDns());
    }

    private Action startRecorder() {
        return action("start-recorder", "Record netlink events (" + spec.recorder().command() + ")")
                .doneWhen(() -> cluster.get().recording(spec.recorder()))
                .makeBy(progress -> cluster.get().record(spec.recorder()));
    }

    private Action loadImage() {
        return action("load-image", "Load the image of agent and demo into the nodes")
                .doneWhen(() -> cluster.get().imageLoaded())
                .makeBy(progress -> cluster.get().loadImage());
    }

    private Action installCni() {
        return action("install-cni", "Install the CNI (" + cni.description() + ")")
                .doneWhen(() -> cni.isInstalled(cluster.get()))
                .makeBy(progress -> cni.install(cluster.get(), progress::note));
    }

    private Action awaitNodes() {
        return action("await-nodes", "Wait until every node is Ready")
                .doneWhen(() -> cluster.get().nodes().stream().allMatch(Node::ready))
                .makeBy(progress -> new Readiness(cluster.get(), budget).awaitNodes());
    }

    private Action deployWorkloads() {
        String objects = String.join("\n---\n", manifests.workloads());
        String names =
                spec.workloads().stream()
                        .map(workload -> workload.manifest().name())
                        .collect(Collectors.joining(", "));
        return action("deploy", "Deploy " + names)
                .doneWhen(() -> cluster.get().applied(objects))
                .makeBy(progress -> cluster.get().apply(objects));
    }

    private Action awaitPods() {
        return action("await-pods", "Wait until every pod is Ready")
                .doneWhen(() -> Readiness.podsReady(cluster.get()))
                .makeBy(progress -> new Readiness(cluster.get(), budget).awaitPods());
    }
}
