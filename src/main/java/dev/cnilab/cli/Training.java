package dev.cnilab.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.cluster.lease.KubernetesLeases;
import dev.cnilab.cni.backend.IpipBackend;
import dev.cnilab.cni.lease.Lease;
import dev.cnilab.cni.lease.LeaseSource;
import dev.cnilab.embedded.controller.ControllerSettings;
import dev.cnilab.embedded.controller.Controllers;
import dev.cnilab.embedded.kubelet.KubeletPods;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.FileTree;
import dev.cnilab.image.ProgramImage;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.api.ApiServer;
import dev.cnilab.kube.api.Authenticator;
import dev.cnilab.kube.http.Limits;
import dev.cnilab.kube.tls.Kubeconfig;
import dev.cnilab.kube.tls.Pki;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.Manifests;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.tool.Toolbox;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The training run of the AOT cache (-XX:AOTCacheOutput) and of the image's list of classes: loads
 * the classes that later processes load at start. Changes nothing: it uses its own API on loopback,
 * without nodes. What nodes do runs in a second JVM, which does not load the API.
 */
@picocli.CommandLine.Command(
        name = "train",
        hidden = true,
        description = "Loads what other commands load.")
final class Training implements Callable<Integer> {

    private static final String TOKEN = "training";

    private static final String NODE =
            """
            {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "trainee"}, "status":
            {"addresses": [{"type": "InternalIP", "address": "127.0.0.1"}], "nodeInfo": {}}}
            """;

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Context context;

    @Option(
            names = "--node-jvm",
            paramLabel = "OPTION",
            description = "Start a JVM with this option, and only that one loads: what nodes do.")
    List<String> nodeJvm = List.of();

    @Option(
            names = "--api",
            paramLabel = "KUBECONFIG",
            description = "Load only what nodes do, with this API.")
    @Nullable Path api;

    Training(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SpecException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        if (api != null) {
            asNode(api, nowhere);
            return ExitCode.OK.number();
        }
        LabSpec spec = SpecLoader.load("flannel-ipip");
        Path folder = Files.createTempDirectory("lab-train");
        try {
            serve(
                    spec,
                    folder,
                    nodeJvm.isEmpty()
                            ? (kubeconfig, address) -> asUser(spec, kubeconfig, address, nowhere)
                            : (kubeconfig, _) -> startNode(kubeconfig));
        } finally {
            FileTree.delete(folder);
        }
        return ExitCode.OK.number();
    }

    /** What is done with an API. */
    @FunctionalInterface
    private interface Use {
        void of(Path kubeconfig, String address) throws IOException;
    }

    private void serve(LabSpec spec, Path folder, Use use) throws IOException {
        Pki pki = Pki.open(folder.resolve("pki"));
        Authenticator authenticator = new Authenticator();
        authenticator.allow(TOKEN);
        Store store = new Store();
        ControllerSettings settings =
                ControllerSettings.of(
                        spec.kubernetes().podSubnet(),
                        spec.kubernetes().serviceSubnet(),
                        new Ipv4Address(0x7f000001),
                        Optional.of(pki.authorityPem()));
        try (Controllers controllers = new Controllers(store, settings);
                ApiServer api =
                        new ApiServer(
                                store,
                                new KubeletPods(List.of()),
                                authenticator,
                                text -> Manifests.objects(text).getFirst(),
                                pki.serverContext(Set.of("127.0.0.1")),
                                Limits.DEFAULT);
                ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            controllers.start();
            store.create(ResourceType.NODE, Manifests.objects(NODE).getFirst());
            api.listen(socket);
            String address = "https://127.0.0.1:" + socket.getLocalPort();
            Path kubeconfig = folder.resolve("kubeconfig");
            new Kubeconfig("train", URI.create(address), pki.authorityPem(), TOKEN)
                    .write(kubeconfig);
            use.of(kubeconfig, address);
        }
    }

    private void asUser(LabSpec spec, Path kubeconfig, String address, PrintStream nowhere)
            throws IOException {
        Lab.commandLine(context, Optional.empty()).usage(nowhere);
        Toolbox.run("curl", List.of("-s", "-i", "-m", "1", address), nowhere, nowhere);
        Manifests manifests = new Manifests(spec, context.provider("embedded").image());
        try (KubernetesCluster cluster = new KubernetesCluster(kubeconfig)) {
            cluster.objects().apply(manifests.cni().orElse(""));
            for (String workload : manifests.workloads()) {
                cluster.objects().apply(workload);
            }
            cluster.nodes();
            cluster.pods();
            cluster.services();
            cluster.unsettled(Map.of());
        }
        asNode(kubeconfig, nowhere);
    }

    private void asNode(Path kubeconfig, PrintStream nowhere) throws IOException {
        for (String command : List.of("agent", "cni")) {
            Lab.commandLine(context, Optional.of(command)).usage(nowhere);
        }
        Toolbox.run("train", List.of(), nowhere, nowhere);
        try (KubernetesLeases leases =
                KubernetesLeases.connect(
                        Optional.of(kubeconfig), Map.of(), "trainee", message -> {})) {
            LeaseSource.Own own = leases.own();
            leases.watch(all -> {});
            leases.publish(
                    new Lease(
                            "trainee",
                            own.subnet(),
                            new Ipv4Address(0x7f000001),
                            IpipBackend.TYPE,
                            "null"),
                    TunnelDriver.KERNEL);
            leases.publishReady();
        }
    }

    private void startNode(Path kubeconfig) throws IOException {
        List<String> argv = new ArrayList<>();
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.addAll(ProgramImage.JVM);
        argv.addAll(List.of("-cp", System.getProperty("java.class.path")));
        argv.addAll(nodeJvm);
        argv.addAll(List.of(ProgramImage.MAIN, "train", "--api", kubeconfig.toString()));
        ExecResult result = Command.of(argv).run(LIMIT);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
    }
}
