package dev.cnilab.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.cluster.lease.KubernetesLeases;
import dev.cnilab.embedded.controller.ControllerSettings;
import dev.cnilab.embedded.controller.Controllers;
import dev.cnilab.embedded.kubelet.KubeletPods;
import dev.cnilab.host.FileTree;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.api.ApiServer;
import dev.cnilab.kube.api.Authenticator;
import dev.cnilab.kube.http.Limits;
import dev.cnilab.kube.tls.Kubeconfig;
import dev.cnilab.kube.tls.Pki;
import dev.cnilab.net.Ipv4Address;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * The training run of the AOT cache (-XX:AOTCacheOutput): loads the classes that later processes
 * load at start. Changes nothing: it uses its own API on loopback, without nodes.
 */
@Command(name = "train", hidden = true, description = "Loads what other commands load.")
final class Training implements Callable<Integer> {

    private static final String TOKEN = "training";

    private static final String NODE =
            """
            {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "trainee"}, "status":
            {"addresses": [{"type": "InternalIP", "address": "127.0.0.1"}], "nodeInfo": {}}}
            """;

    private final Context context;

    Training(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SpecException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        Lab.commandLine(context, Optional.empty()).usage(nowhere);
        Toolbox.run("train", List.of(), nowhere, nowhere);
        LabSpec spec = SpecLoader.load("flannel-ipip");
        Path folder = Files.createTempDirectory("lab-train");
        try {
            serve(spec, folder, nowhere);
        } finally {
            FileTree.delete(folder);
        }
        return ExitCode.OK.number();
    }

    private void serve(LabSpec spec, Path folder, PrintStream nowhere) throws IOException {
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
            Toolbox.run("curl", List.of("-s", "-i", "-m", "1", address), nowhere, nowhere);
            use(spec, kubeconfig);
        }
    }

    private void use(LabSpec spec, Path kubeconfig) throws IOException {
        Manifests manifests = new Manifests(spec, context.provider("embedded").image());
        try (KubernetesCluster cluster = new KubernetesCluster(kubeconfig);
                KubernetesLeases leases =
                        KubernetesLeases.connect(
                                Optional.of(kubeconfig), Map.of(), "trainee", message -> {})) {
            cluster.objects().apply(manifests.cni().orElse(""));
            for (String workload : manifests.workloads()) {
                cluster.objects().apply(workload);
            }
            cluster.nodes();
            cluster.pods();
            cluster.services();
            cluster.settled(Map.of());
            leases.own();
            leases.watch(all -> {});
            leases.publishReady();
        }
    }
}
