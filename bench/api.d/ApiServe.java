import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.api.ApiServer;
import dev.cnilab.kube.api.Authenticator;
import dev.cnilab.kube.http.Limits;
import dev.cnilab.kube.state.StateDirectory;
import dev.cnilab.kube.tls.Pki;
import dev.cnilab.embedded.kubelet.KubeletPods;
import dev.cnilab.spec.Manifests;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** The embedded cluster's API by itself, its objects on disk: DIRECTORY PORT TOKEN. */
final class ApiServe {
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        StateFolder state = StateFolder.open(directory.resolve("objects"), 16L << 20);
        Store store = new Store(Clock.systemUTC(), Store.HISTORY, state.contents(), state);
        if (store.list(ResourceType.NAMESPACE).isEmpty()) {
            String namespace = "{apiVersion: v1, kind: Namespace, metadata: {name: default}}";
            store.create(ResourceType.NAMESPACE, Manifests.objects(namespace).getFirst());
        }
        Authenticator authenticator = new Authenticator();
        authenticator.allow(args[2]);
        new ApiServer(
                        store,
                        new KubeletPods(List.of()),
                        authenticator,
                        text -> Manifests.objects(text).getFirst(),
                        Pki.open(directory.resolve("pki")).serverContext(Set.of("127.0.0.1")),
                        Limits.DEFAULT)
                .listen(new ServerSocket(Integer.parseInt(args[1]), 128, InetAddress.getLoopbackAddress()));
        Thread.currentThread().join();
    }
}
