package dev.cnilab.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.Failure;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.Manifests;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExportTest {

    private static final String IMAGE = "localhost/cnilab/lab:test";

    @Test
    void theScriptDoesWhatUpDoes() throws Exception {
        String script = script(SpecLoader.load("flannel-ipip").withNodes(3));

        assertThat(script)
                .containsSubsequence(
                        "raise fs.inotify.max_user_",
                        "--subnet 172.18.0.0/16 --gateway 172.18.0.1",
                        "--subnet fd00:172:18:1::/64 --gateway fd00:172:18:1::1",
                        "kind create cluster",
                        "  - role: worker\n",
                        "  - role: worker\n",
                        "kubectl taint nodes --all",
                        "sh /root/startup_monitor.txt ip -ts monitor all",
                        "ctr --namespace k8s.io images import -",
                        "kind: ServiceAccount",
                        IMAGE,
                        "kubectl rollout status daemonset/lab-ipip --namespace kube-system",
                        "kubectl wait --for=condition=Ready nodes --all",
                        "kubectl rollout status daemonset/demo --namespace default");
    }

    @Test
    void quotesUserInput() throws Exception {
        LabSpec lab =
                changed("file: /root/startup_monitor.txt", "file: \"/root/$(touch x)'; touch y\"");

        assertThat(script(lab)).contains(" sh '/root/$(touch x)'\\''; touch y' ip -ts");
    }

    @Test
    void aConflistHasNoScript() throws Exception {
        String text = SpecLoader.find("flannel-ipip").text();
        String cni = text.substring(text.indexOf("\ncni:"), text.indexOf("\nworkloads:"));
        LabSpec lab =
                changed(
                        cni,
                        "\ncni:\n  type: conflist\n  binDir: /x\n  conflist: '{\"name\": \"a\","
                                + " \"cniVersion\": \"1.0.0\", \"plugins\": [{\"type\": \"bridge\"}]}'\n");

        assertThatThrownBy(() -> script(lab))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.id()).isEqualTo("no-script-for-conflist"));
    }

    @Test
    void theTopologyHasOnlyTheCluster() throws Exception {
        ObjectNode topology = Manifests.objects(topology()).getFirst();

        assertThat(topology.path("name").asText()).isEqualTo("net");
        assertThat(topology.at("/mgmt/ipv4-subnet").asText()).isEqualTo("172.18.0.0/16");
        assertThat(topology.at("/topology/nodes/net/kind").asText()).isEqualTo("k8s-kind");
        assertThat(topology.at("/topology/nodes/net/startup-config").asText())
                .isEqualTo("net.kind.yaml");
        // The cluster's nodes would block containerlab's workers before the cluster exists.
        assertThat(topology.at("/topology/nodes").fieldNames()).toIterable().containsExactly("net");
    }

    @Test
    void theTopologysStepsCreateTheSameLab() throws Exception {
        assertThat(topology())
                .containsSubsequence(
                        "lab export kind './my lab.yaml' --name net --nodes 3 >net.kind.yaml",
                        "containerlab deploy -t net.clab.yaml",
                        "lab image save lab.tar",
                        "kind load image-archive lab.tar --name net",
                        "lab up './my lab.yaml' --name net --provider existing --kubeconfig"
                                + " net.kubeconfig");
    }

    @Test
    void theClusterUsesTheTopologysNetwork() throws Exception {
        LabSpec lab = changed("network:\n  name: kind\n", "network:\n  name: backbone\n");

        assertThat(ContainerlabTopology.of(lab, "lab.yaml", List.of()))
                .contains("network: backbone\n")
                .contains("KIND_EXPERIMENTAL_DOCKER_NETWORK=backbone containerlab deploy");
    }

    private static String topology() throws SpecException {
        return ContainerlabTopology.of(
                SpecLoader.load("flannel-ipip").withName("net").withNodes(3),
                "./my lab.yaml",
                List.of("--name", "net", "--nodes", "3"));
    }

    private static LabSpec changed(String from, String to) throws SpecException {
        String text = SpecLoader.find("flannel-ipip").text();
        assertThat(text).contains(from);
        return SpecLoader.load(new LabSource("lab.yaml", text.replace(from, to), Optional.empty()));
    }

    private static String script(LabSpec lab) throws IOException {
        return ByHandScript.of(lab, IMAGE);
    }
}
