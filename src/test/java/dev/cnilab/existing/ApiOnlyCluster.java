package dev.cnilab.existing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.embedded.kubelet.KubeletPods;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.api.ApiServer;
import dev.cnilab.kube.api.Authenticator;
import dev.cnilab.kube.http.Limits;
import dev.cnilab.kube.tls.Kubeconfig;
import dev.cnilab.kube.tls.Pki;
import dev.cnilab.spec.Manifests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster that consists of its API only: one node without a kubelet. */
final class ApiOnlyCluster implements AutoCloseable {

    private static final String TOKEN = "the-token-of-this-test";

    private final Store store = new Store();
    private final ApiServer server;
    private final Path kubeconfig;

    ApiOnlyCluster(Path folder) throws IOException {
        Pki pki = Pki.open(folder.resolve("pki"));
        Authenticator authenticator = new Authenticator();
        authenticator.allow(TOKEN);
        server =
                new ApiServer(
                        store,
                        new KubeletPods(List.of()),
                        authenticator,
                        text -> Manifests.objects(text).getFirst(),
                        pki.serverContext(Set.of("127.0.0.1")),
                        Limits.DEFAULT);
        ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        server.listen(socket);
        URI address = URI.create("https://127.0.0.1:" + socket.getLocalPort());
        kubeconfig = folder.resolve("somebodys.kubeconfig");
        new Kubeconfig("somebodys", address, pki.authorityPem(), TOKEN).write(kubeconfig);
        create(ResourceType.NAMESPACE, "{metadata: {name: default}}");
        create(ResourceType.NAMESPACE, "{metadata: {name: kube-system}}");
        node("False");
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    /**
     * Sets the node's status as a kubelet does.
     *
     * @param ready as Kubernetes writes it: True or False
     */
    void node(String ready) {
        String node =
                """
                metadata: {name: a, labels: {node-role.kubernetes.io/control-plane: ''}}
                spec:
                  podCIDR: 10.244.0.0/24
                  taints: [{key: node-role.kubernetes.io/control-plane, effect: NoSchedule}]
                status:
                  conditions: [{type: Ready, status: '%s'}]
                  addresses: [{type: InternalIP, address: 192.0.2.1}]
                  nodeInfo: {kubeletVersion: v1.31.0}
                """
                        .formatted(ready);
        store.remove(ResourceType.NODE, "", "a");
        create(ResourceType.NODE, node);
    }

    void create(ResourceType type, String yaml) {
        store.create(type, Manifests.objects(yaml).getFirst());
    }

    /** Returns all objects, without fields that change by themselves. */
    Set<ObjectNode> objects() {
        return Stream.of(ResourceType.values())
                .flatMap(type -> store.list(type).stream())
                .map(ObjectNode::deepCopy)
                .peek(object ->
                        object.withObject("/metadata")
                                .remove(List.of("resourceVersion", "generation")))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
