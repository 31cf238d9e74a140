package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestsTest {

    @Test
    void theDemoIsADaemonSetAndItsService() throws Exception {
        List<ObjectNode> objects =
                Manifests.objects(
                        new Manifests(LabText.bundled().load(), "an/image:1")
                                .workloads()
                                .getFirst());
        assertThat(objects)
                .extracting(o -> o.path("kind").asText())
                .containsExactly("DaemonSet", "Service");
        JsonNode container = objects.getFirst().at("/spec/template/spec/containers/0");
        assertThat(container.path("image").asText()).isEqualTo("an/image:1");
        assertThat(container.path("args").toString()).isEqualTo("[\"demo\"]");
        assertThat(objects.getLast().at("/spec/ports/0/nodePort").asInt()).isEqualTo(32000);
    }

    @Test
    void flannelUsesTheLabsImagesAndSettings() throws Exception {
        List<ObjectNode> objects =
                Manifests.objects(
                        new Manifests(SpecLoader.load("flannel-ipip-upstream"), "an/image:1")
                                .cni()
                                .orElseThrow());
        JsonNode pods = objects.getLast().at("/spec/template/spec");

        assertThat(objects.getLast().at("/metadata/name").asText()).isEqualTo("kube-flannel-ds");
        assertThat(pods.at("/initContainers/0/image").asText())
                .startsWith("docker.io/rancher/mirrored-flannelcni-flannel-cni-plugin:v1.1.0@");
        assertThat(pods.at("/containers/0/image").asText())
                .startsWith("docker.io/rancher/mirrored-flannelcni-flannel:v0.19.2@")
                .isEqualTo(pods.at("/initContainers/1/image").asText());
        assertThat(pods.at("/containers/0/args").toString())
                .isEqualTo("[\"--ip-masq=true\",\"--kube-subnet-mgr\",\"--iface=eth0\"]");
        assertThat(objects.toString()).doesNotContain("an/image", "${");
    }

    @Test
    void theAgentUsesTheLabsSettings() throws Exception {
        assertThat(netConf(LabText.bundled()))
                .isEqualTo(
                        new JsonMapper()
                                .readTree(
                                        """
                                        {"Network": "10.244.0.0/16",
                                         "Backend": {"Type": "ipip", "DirectRouting": false}}
                                        """));
        assertThat(args(LabText.bundled()))
                .isEqualTo(
                        "[\"agent\",\"--ip-masq=true\",\"--healthz-port=19871\",\"--conf-dir=/etc/cni/net.d\",\"--conflist=/etc/kube-flannel/cni-conf.json\",\"--iface=eth0\"]");

        LabText other =
                LabText.bundled()
                        .with("directRouting: false", "directRouting: true")
                        .with("mtu: auto", "mtu: 1400")
                        .with("masquerade: true", "masquerade: false")
                        .with("interface: {name: eth0}", "interface: {regex: 'e\\d\"'}");
        assertThat(netConf(other).path("MTU").asInt()).isEqualTo(1400);
        assertThat(netConf(other).at("/Backend/DirectRouting").asBoolean()).isTrue();
        assertThat(args(other))
                .isEqualTo(
                        "[\"agent\",\"--ip-masq=false\",\"--healthz-port=19871\",\"--conf-dir=/etc/cni/net.d\",\"--conflist=/etc/kube-flannel/cni-conf.json\",\"--iface-regex=e\\\\d\\\"\"]");
        LabText reach =
                LabText.bundled().with("interface: {name: eth0}", "interface: {canReach: 1.1.1.1}");
        assertThat(args(reach)).contains("--iface-can-reach=1.1.1.1");
    }

    @Test
    void aConflistHasNoObjects() throws Exception {
        LabSpec lab = conflistLab("{\"name\": \"n\", \"plugins\": [{\"mtu\": ${mtu}}]}").load();
        assertThat(new Manifests(lab, "image").cni()).isEmpty();
        assertThat(lab.cni())
                .isInstanceOfSatisfying(
                        CniSpec.Conflist.class,
                        cni -> {
                            assertThat(cni.file()).isEqualTo("10-lab.conflist");
                            assertThat(cni.binDir()).hasToString("/usr/lib/cni");
                            assertThat(cni.text().fill(name -> "1480")).contains("\"mtu\": 1480");
                        });
    }

    @Test
    void rejectsAnInvalidConflist() throws Exception {
        assertThat(conflistLab("{").problems().getFirst()).contains("cni.conflist: not JSON: ");
        assertThat(conflistLab("{}").problems().getFirst())
                .contains("a CNI configuration list needs a name and a list of plugins");
        assertThat(conflistLab("\"${pod.ip}\"").problems().getFirst())
                .contains("variable 'pod.ip' has no value here: no pod is known yet");
    }

    @Test
    void rejectsDocumentsThatAreNotMappings() {
        assertThat(Manifests.objects("---\n---\na: 0644\n").getFirst().path("a").asInt())
                .isEqualTo(0644);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifests.objects("- a\n"))
                .withMessage("YAML:1:1: expected a mapping, found a list");
    }

    private static LabText conflistLab(String json) throws SpecException {
        String text = LabText.bundled().text();
        String cni = text.substring(text.indexOf("cni:\n"), text.indexOf("workloads:\n"));
        return new LabText(text)
                .with(
                        cni,
                        """
                        cni:
                          type: conflist
                          binDir: /usr/lib/cni
                          conflist: '%s'

                        """
                                .formatted(json));
    }

    private static JsonNode netConf(LabText lab) throws Exception {
        return new JsonMapper().readTree(cni(lab, "ConfigMap").at("/data/net-conf.json").asText());
    }

    private static String args(LabText lab) throws Exception {
        return cni(lab, "DaemonSet").at("/spec/template/spec/containers/0/args").toString();
    }

    private static ObjectNode cni(LabText lab, String kind) throws Exception {
        return Manifests.objects(new Manifests(lab.load(), "image").cni().orElseThrow()).stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
