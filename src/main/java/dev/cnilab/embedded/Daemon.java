package dev.cnilab.embedded;

import dev.cnilab.embedded.controller.ControllerSettings;
import dev.cnilab.embedded.controller.Controllers;
import dev.cnilab.embedded.kubelet.Kubelet;
import dev.cnilab.embedded.kubelet.KubeletPods;
import dev.cnilab.embedded.kubelet.KubeletSettings;
import dev.cnilab.embedded.node.ClusterPlan;
import dev.cnilab.embedded.node.NamespaceCleanup;
import dev.cnilab.embedded.node.NodeFiles;
import dev.cnilab.embedded.node.NodePlan;
import dev.cnilab.embedded.proxy.ServiceProxy;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.OwnedNamespaces;
import dev.cnilab.host.ProcessIdentity;
import dev.cnilab.host.Session;
import dev.cnilab.image.OwnImage;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.api.ApiServer;
import dev.cnilab.kube.api.Authenticator;
import dev.cnilab.kube.http.Limits;
import dev.cnilab.kube.state.StateDirectory;
import dev.cnilab.kube.tls.Kubeconfig;
import dev.cnilab.kube.tls.Pki;
import dev.cnilab.spec.yaml.PlainYaml;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The background process of a lab: the Kubernetes API, its controllers, and a kubelet and a service
 * proxy for each node. The API's objects are stored on disk: when the process has died, a new one
 * continues with them and restarts their pods.
 */
public final class Daemon {

    private static final System.Logger LOG = System.getLogger(Daemon.class.getName());
    private static final int BACKLOG = 128;

    /**
     * Size in bytes at which the log of objects is compacted: a few seconds of a large cluster's
     * changes.
     */
    private static final long LOG_LIMIT = 32L * 1024 * 1024;

    private final ClusterState state;
    private final ClusterPlan plan;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private @Nullable StateDirectory objects;

    private Daemon(ClusterState state, ClusterPlan plan) {
        this.state = state;
        this.plan = plan;
    }

    /**
     * Serves the cluster whose plan is in the directory until the process is stopped.
     *
     * @param folder the lab's state directory
     */
    public static void run(Path folder) throws IOException, InterruptedException {
        Session.begin();
        ClusterState state = new ClusterState(folder);
        ClusterPlan plan =
                state.plan()
                        .orElseThrow(
                                () -> new IOException("there is no cluster plan in " + folder));
        Daemon daemon = new Daemon(state, plan);
        Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "shutdown"));
        daemon.start();
        new CountDownLatch(1).await();
    }

    private void start() throws IOException {
        new NamespaceCleanup(plan.lab(), state.folder())
                .removePods(plan.nodes().stream().map(NodePlan::name).toList());
        Optional<DaemonRecord> predecessor = state.daemon();
        String token = state.token();
        Pki pki = Pki.open(state.pki());
        String apiHost = plan.serviceSubnet().host(1).toString();
        objects = StateDirectory.open(state.objects(), LOG_LIMIT);
        Store store = new Store(Clock.systemUTC(), Store.HISTORY, objects.contents(), objects);
        Controllers controllers = new Controllers(store, settings(pki));
        controllers.start();
        parts.push(controllers);
        OwnImage image = state.image();
        image.unpack();
        KubeletSettings settings =
                new KubeletSettings(plan.version(), version(), apiHost, token, pki.authorityPem());
        OwnedNamespaces owned = new OwnedNamespaces(state.folder());
        List<Kubelet> kubelets = new ArrayList<>();
        for (NodePlan node : plan.nodes()) {
            NodeFiles files = NodeFiles.of(state.folder(), node.name());
            files.reboot();
            kubelets.add(new Kubelet(node, files, owned, store, image, settings));
        }
        Authenticator authenticator = new Authenticator();
        authenticator.allow(token);
        ApiServer api =
                new ApiServer(
                        store,
                        new KubeletPods(kubelets),
                        authenticator,
                        text -> PlainYaml.objects(text).getFirst(),
                        pki.serverContext(names(apiHost)),
                        Limits.DEFAULT);
        parts.push(api);
        ServerSocket here = listen(predecessor.map(DaemonRecord::port).orElse(0));
        api.listen(here);
        api.listen(
                NetNamespace.named(plan.controlPlane().name())
                        .call(() -> new ServerSocket(ControllerSettings.API_PORT, BACKLOG)));
        startNodes(store, kubelets);
        int port = here.getLocalPort();
        new Kubeconfig(
                        "lab-" + plan.lab(),
                        URI.create("https://127.0.0.1:" + port),
                        pki.authorityPem(),
                        token)
                .write(state.kubeconfig());
        pki.client("kubernetes-admin").write(state.pki(), "admin");
        state.saveDaemon(DaemonRecord.of(ProcessIdentity.current(), port));
    }

    private void startNodes(Store store, List<Kubelet> kubelets) throws IOException {
        NodeFiles recorded = NodeFiles.of(state.folder(), plan.recorderNode());
        parts.push(
                StartupRecorder.start(
                        NetNamespace.named(plan.recorderNode()),
                        recorded.here(Path.of(plan.recorderFile()))));
        for (NodePlan node : plan.nodes()) {
            parts.push(
                    ServiceProxy.start(
                            store, NetNamespace.named(node.name()), node.name(), plan.podSubnet()));
        }
        parts.push(() -> closeInParallel(kubelets));
        kubelets.forEach(Kubelet::start);
    }

    /** Closes them in parallel, since each waits for its pods. */
    private static void closeInParallel(List<Kubelet> kubelets) throws InterruptedException {
        List<Thread> closers =
                kubelets.stream()
                        .map(kubelet -> Thread.ofPlatform().start(kubelet::close))
                        .toList();
        for (Thread closer : closers) {
            closer.join();
        }
    }

    private ControllerSettings settings(Pki pki) throws IOException {
        return ControllerSettings.of(
                plan.podSubnet(),
                plan.serviceSubnet(),
                plan.controlPlane().ipv4().address(),
                Optional.of(pki.authorityPem()));
    }

    private Set<String> names(String apiHost) {
        return Set.of(
                "127.0.0.1",
                apiHost,
                plan.controlPlane().name(),
                plan.controlPlane().ipv4().address().toString());
    }

    /** Listens on the previous port if it is free, so that copied kubeconfigs remain valid. */
    private static ServerSocket listen(int previous) throws IOException {
        try {
            return new ServerSocket(previous, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (java.net.BindException e) {
            return new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        }
    }

    private static String version() {
        String version = Daemon.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    private void close() {
        try {
            // Closes the store first, so that the shutdown does not change the cluster.
            if (objects != null) {
                objects.close();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "while stopping", e);
        }
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "while stopping", e);
            }
        }
    }
}
