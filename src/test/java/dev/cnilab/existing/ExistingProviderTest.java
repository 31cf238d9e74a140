package dev.cnilab.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.cluster.Provider;
import dev.cnilab.cluster.TestProgress;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refusals before anything is changed, and what down deletes. */
class ExistingProviderTest {

    private static final String SERVICE =
            "{apiVersion: v1, kind: Service, metadata: {name: demo, namespace: default},"
                    + " spec: {ports: [{port: 80}]}}";

    /** The bundled CNI's agent: once it exists, there may be state on the nodes. */
    private static final String AGENT =
            "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: lab-ipip, namespace:"
                    + " kube-system}, spec: {selector: {matchLabels: {app: lab-ipip}}, template:"
                    + " {metadata: {labels: {app: lab-ipip}}, spec: {containers: [{name: agent, image: lab}]}}}}";

    private final Path temp;
    private final Path folder;
    private final ApiOnlyCluster api;

    ExistingProviderTest(@TempDir Path temp) throws IOException {
        this.temp = temp;
        folder = Files.createDirectory(temp.resolve("lab"));
        api = new ApiOnlyCluster(temp);
    }

    @AfterEach
    void stop() throws IOException {
        api.close();
    }

    @Test
    void acceptsAClusterWithoutCni() throws Exception {
        provider(false).preflight(spec(), folder, downloads());
    }

    @Test
    void aNodeThatIsReadyHasACni() {
        api.node("True");

        Failure failure = failure(() -> provider(false).preflight(spec(), folder, downloads()));

        assertThat(failure.id()).isEqualTo("other-cni");
        assertThat(failure.evidence()).contains("Ready, as no node without a CNI is: a");
        assertThat(failure.remedy().text()).contains("--beside-other-cni");
    }

    @Test
    void rejectsAnotherCniUnlessAllowed() throws Exception {
        api.create(
                ResourceType.POD,
                "{metadata: {name: kindnet-x7, namespace: kube-system},"
                        + " spec: {hostNetwork: true, nodeName: a, containers: [{name: c, image: i}]}}");

        Failure failure = failure(() -> provider(false).preflight(spec(), folder, downloads()));

        assertThat(failure.id()).isEqualTo("other-cni");
        assertThat(failure.evidence()).contains("kube-system/kindnet-x7 on a");
        provider(true).preflight(spec(), folder, downloads());
    }

    @Test
    void rejectsNodesWithOtherPodSubnets() throws Exception {
        LabSpec other = spec("10.244.", "10.200.");

        Failure failure = failure(() -> provider(false).preflight(other, folder, downloads()));

        assertThat(failure.id()).isEqualTo("pod-subnet-differs");
        assertThat(failure.what()).contains("node a is not in the lab's 10.200.0.0/16");
        assertThat(failure.evidence()).isEqualTo("its podCIDR is 10.244.0.0/24");
    }

    @Test
    void rejectsACniThatNeedsFilesOnNodes() throws Exception {
        LabSpec flannel = SpecLoader.load("flannel-ipip-upstream");

        Failure failure = failure(() -> provider(false).preflight(flannel, folder, downloads()));

        assertThat(failure.id()).isEqualTo("existing-needs-manifest");
        assertThat(failure.evidence()).startsWith("its plugin bridge must be installed on nodes");
    }

    @Test
    void reportsAnApiThatDoesNotAnswer() throws Exception {
        api.close();

        Failure failure = failure(() -> provider(false).preflight(spec(), folder, downloads()));

        assertThat(failure.id()).isEqualTo("api-unreachable");
        assertThat(failure.remedy().text()).contains("kubectl --kubeconfig " + api.kubeconfig());
    }

    @Test
    void explainsHowToForgetADeletedCluster() throws Exception {
        connect().close();
        api.close();

        Failure failure =
                failure(() -> provider(false).deleteCluster("guest", folder, false, line -> {}));

        assertThat(failure.id()).isEqualTo("api-unreachable");
        assertThat(failure.remedy().text()).endsWith("rm -r " + folder);
    }

    @Test
    void doesNotChangeOtherUsersObjects() throws Exception {
        api.create(ResourceType.SERVICE, SERVICE.replace("80", "8080"));
        Set<ObjectNode> before = api.objects();

        try (Cluster cluster = connect()) {
            Failure failure = failure(() -> cluster.objects().apply(SERVICE));
            assertThat(failure.id()).isEqualTo("object-taken");
            assertThat(failure.evidence()).isEqualTo("Service default/demo");
        }
        provider(false).deleteCluster("guest", folder, false, line -> {});

        assertThat(api.objects()).isEqualTo(before);
    }

    @Test
    void namesNodesThatCannotPullTheImage() throws Exception {
        api.create(ResourceType.POD, nodePodWithoutImage());

        try (Cluster cluster = connect()) {
            Failure failure = failure(cluster.imageLoader().orElseThrow()::load);
            assertThat(failure.id()).isEqualTo("image-not-in-nodes");
            assertThat(failure.evidence())
                    .isEqualTo("a: ImagePullBackOff Back-off pulling image \"lab\"");
            assertThat(failure.remedy().text())
                    .contains("lab image save", "ctr -n k8s.io images import", "--image");
        }
    }

    @Test
    void suggestsKindToLoadTheImage() throws Exception {
        api.create(ResourceType.POD, nodePodWithoutImage());
        Path kind = api.kubeconfig();
        Files.writeString(kind, Files.readString(kind).replace("somebodys", "kind-other"));

        try (Cluster cluster = connect()) {
            assertThat(failure(cluster.imageLoader().orElseThrow()::load).remedy().text())
                    .contains("kind load image-archive lab.tar --name other;");
        }
    }

    @Test
    void downDeletesOnlyTheLabsObjects() throws Exception {
        api.create(ResourceType.SERVICE, SERVICE.replace("demo", "other"));
        Set<ObjectNode> before = api.objects();
        try (Cluster cluster = connect()) {
            cluster.objects().apply(SERVICE);
            cluster.untaint();
            assertThat(api.objects())
                    .hasSize(before.size() + 1)
                    .allMatch(object -> object.at("/spec/taints").isEmpty());
        }

        provider(false).deleteCluster("guest", folder, false, line -> {});
        provider(false).deleteCluster("guest", folder, false, line -> {});

        assertThat(api.objects()).isEqualTo(before);
    }

    @Test
    void keepsTheLabWhenANodeIsUnreachable() throws Exception {
        notReady();
        Set<ObjectNode> before = api.objects();
        api.create(ResourceType.POD, nodePodWithoutImage());
        try (Cluster cluster = connect()) {
            cluster.objects().apply(AGENT);
        }

        Failure failure =
                failure(() -> provider(false).deleteCluster("guest", folder, false, line -> {}));

        assertThat(failure.id()).isEqualTo("nodes-unreachable");
        assertThat(failure.what()).contains("CNI from a:");
        assertThat(failure.remedy().text()).contains("lab down guest --force");
        assertThat(provider(false).open("guest", folder))
                .hasValueSatisfying(cluster -> {
                    assertThat(applied(cluster)).isTrue();
                    cluster.close();
                });

        List<String> progress = new ArrayList<>();
        provider(false).deleteCluster("guest", folder, true, progress::add);
        assertThat(progress)
                .anyMatch(line -> line.startsWith("a: cannot be reached, its CNI stays"));
        assertThat(api.objects()).isEqualTo(before);
    }

    @Test
    void theNextDownContinuesAPartialRemoval() throws Exception {
        notReady();
        Set<ObjectNode> before = api.objects();
        try (Cluster cluster = connect()) {
            cluster.objects().apply(AGENT);
        }
        Removal removal = ExistingState.read("guest", folder).removal();
        removal.begin();
        removal.done("a");
        try (KubernetesCluster cluster = new KubernetesCluster(api.kubeconfig())) {
            new RemovalTaint(cluster, "guest").put();
        }

        assertThat(provider(false).open("guest", folder)).isEmpty();
        provider(false).deleteCluster("guest", folder, false, line -> {});

        assertThat(api.objects()).isEqualTo(before);
    }

    /** Sets the node's state as the node lifecycle controller does. */
    private void notReady() throws IOException {
        try (KubernetesCluster cluster = new KubernetesCluster(api.kubeconfig())) {
            cluster.nodeObjects().taint("a", "node.kubernetes.io/not-ready:NoSchedule");
        }
    }

    private static String nodePodWithoutImage() {
        return """
        metadata: {name: lab-node-1, namespace: kube-system, labels: {app: lab-node}}
        spec: {hostNetwork: true, nodeName: a, containers: [{name: node, image: lab}]}
        status:
          conditions: [{type: Ready, status: 'False', message: 'containers with unready status: [node]'}]
          containerStatuses:
            - name: node
              ready: false
              restartCount: 0
              state: {waiting: {reason: ImagePullBackOff, message: Back-off pulling image "lab"}}
        """;
    }

    private static boolean applied(Cluster cluster) {
        try {
            return cluster.objects().applied(AGENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Cluster connect() throws IOException, SpecException {
        Provider provider = provider(false);
        provider.createCluster(spec(), folder, downloads(), TestProgress.ignored());
        return provider.open("guest", folder).orElseThrow();
    }

    private Provider provider(boolean besideOtherCni) {
        ExistingSettings settings =
                new ExistingSettings(api.kubeconfig(), "", "lab", besideOtherCni);
        return new ExistingProvider(Map.of("HOME", temp.toString()), "test")
                .selection()
                .orElseThrow()
                .at(settings.selection());
    }

    private Downloads downloads() {
        return new Downloads(temp, false, Optional.empty());
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static Failure failure(Attempt attempt) {
        return catchThrowableOfType(Failure.class, attempt::run);
    }

    private static LabSpec spec() throws SpecException {
        return spec("10.244.", "10.244.");
    }

    private static LabSpec spec(String from, String to) throws SpecException {
        String text = SpecLoader.find("flannel-ipip").text().replace(from, to);
        return SpecLoader.load(new LabSource("guest", text, Optional.empty())).withName("guest");
    }
}
