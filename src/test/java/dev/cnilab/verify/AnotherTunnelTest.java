package dev.cnilab.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.Service;
import dev.cnilab.evidence.tape.RecordedQuery;
import dev.cnilab.evidence.tape.RecordedReply;
import dev.cnilab.evidence.tape.ReplayedView;
import dev.cnilab.evidence.tape.Tape;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Tunnel;
import dev.cnilab.net.Tunnels;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.spec.StepSpec;
import dev.cnilab.spec.Template;
import dev.cnilab.spec.WalkthroughLoader;
import dev.cnilab.spec.WalkthroughSpec;
import dev.cnilab.spec.WalkthroughSpec.Fault;
import dev.cnilab.spec.WalkthroughSpec.Page;
import dev.cnilab.spec.WalkthroughSpec.Text;
import dev.cnilab.verify.probe.TemplateContext;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bundled texts and steps in a cluster whose tunnel is not IP in IP, or that has none. */
class AnotherTunnelTest {

    private static final String IPIP = "flannel.ipip";
    private static final List<String> LINKS = List.of("ip", "-j", "-d", "addr", "show");

    private final LabSpec lab = SpecLoader.load("flannel-ipip");
    private final WalkthroughSpec walk =
            WalkthroughLoader.load(lab, Optional.empty()).orElseThrow();

    AnotherTunnelTest() throws SpecException {}

    @Test
    void aWalkthroughSaysItsNameAndItsNumbers() throws IOException {
        TemplateContext view =
                TemplateContext.of(lab, cluster(Optional.of(Tunnels.VXLAN)), TimeFactor.NONE);

        StringBuilder all = new StringBuilder();
        for (Template template : templates()) {
            all.append(view.fill(template)).append('\n');
        }

        assertThat(all)
                .contains("ip -d address show flannel.1\n")
                .contains("takes 50 bytes of each frame", "第二层头占用每个帧的 50 字节")
                .contains("has a payload of 1422 bytes", "tcpdump -pne -i eth0 -c 2 ip proto 17")
                .doesNotContain(IPIP, "protocol 4", " 20 ");
    }

    @Test
    void addressesThatAStepDoesNotNameAreNotChecked() throws SpecException {
        String named = "          addresses: [\"${node.podSubnet.address}/32\"]\n";
        String text = SpecLoader.find("flannel-ipip").text();
        LabSpec unnamed =
                SpecLoader.load(
                        new LabSource("lab.yaml", text.replace(named, ""), Optional.empty()));

        assertThat(once(lab, "tunnel-device", cluster(Optional.of(Tunnels.VXLAN))).toString())
                .contains("flannel.1 addresses");
        assertThat(once(unnamed, "tunnel-device", cluster(Optional.of(Tunnels.VXLAN))).toString())
                .contains("flannel.1 mtu")
                .doesNotContain("flannel.1 addresses");
    }

    @Test
    void stepsLookForItsDevice() {
        for (String name : List.of("tunnel-device", "node-routes", "capture-hops")) {
            StepResult result = once(lab, name, cluster(Optional.of(Tunnels.VXLAN)));

            assertThat(result.toString()).as(name).doesNotContain(IPIP);
            assertThat(result.command()).as(name).containsPattern("flannel\\.1$|ip proto 17$");
        }
        StepResult device = once(lab, "tunnel-device", cluster(Optional.of(Tunnels.VXLAN)));
        assertThat(device.outcome().toString())
                .contains("expected=vxlan", "expected=1450", ": flannel.1 mtu");
    }

    @Test
    void aDiagnosisNamesTheDeviceThatIsMissing() {
        List<Tape.Entry> tape = tape(Optional.of(Tunnels.VXLAN));
        tape.add(
                new Tape.Entry(
                        exec(node(0), List.of("ip", "link", "show", "dev", "flannel.1")),
                        new RecordedReply.Ended(
                                new ExecResult(List.of("ip"), 1, "", "Device does not exist"))));

        assertThat(new Diagnosis(lab, new ReplayedView(new Tape(tape)), TimeFactor.NONE).find())
                .isEqualTo("no flannel.1 on flannel-ipip-control-plane");
    }

    /** The pods of a lab with plugins of another sort have what eth0 has. */
    @Test
    void withoutATunnelNoneIsMissedAndNothingTakesRoom() throws IOException, SpecException {
        LabSpec bridges = SpecLoader.load("docs/examples/bridge.yaml");
        TemplateContext view =
                TemplateContext.of(bridges, cluster(Optional.empty()), TimeFactor.NONE);
        List<Tape.Entry> tape = tape(Optional.empty());
        for (int i = 0; i < 2; i++) {
            tape.add(
                    new Tape.Entry(
                            exec(node(i), List.of("ip", "route", "show")),
                            ended("10.244.0.0/24 dev cni0\n10.244.1.0/24 dev cni0\n")));
        }

        assertThat(view.fill(new Template("${mtu} ${mtu.payload}"))).isEqualTo("1500 1472");
        assertThat(new Diagnosis(bridges, new ReplayedView(new Tape(tape)), TimeFactor.NONE).find())
                .isEmpty();
    }

    private List<Template> templates() {
        List<Text> texts = new ArrayList<>(List.of(walk.title()));
        List<Template> templates = new ArrayList<>();
        for (WalkthroughSpec.Chapter chapter : walk.chapters()) {
            texts.add(chapter.title());
            for (Page page : chapter.pages()) {
                texts.addAll(List.of(page.title(), page.text()));
                page.notice().ifPresent(texts::add);
                templates.addAll(page.commands());
                templates.addAll(page.expect());
                templates.addAll(page.highlight());
                page.traffic().ifPresent(templates::add);
            }
        }
        for (Fault fault : walk.faults()) {
            texts.addAll(List.of(fault.title(), fault.story(), fault.solution()));
            texts.addAll(fault.hints());
        }
        for (Text text : texts) {
            templates.add(text.en());
            text.zh().ifPresent(templates::add);
        }
        return templates;
    }

    private static StepResult once(LabSpec lab, String name, ClusterView cluster) {
        StepSpec step =
                lab.verify().steps().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return new Verifier(lab, cluster, new StepFilter(List.of()), TimeFactor.NONE).once(step);
    }

    private static ClusterView cluster(Optional<Tunnel> tunnel) {
        List<Tape.Entry> tape = tape(tunnel);
        for (int i = 0; i < 2; i++) {
            tape.add(
                    new Tape.Entry(
                            exec(node(i), List.of("ip", "-j", "route", "show")), ended("[]")));
        }
        return new ReplayedView(new Tape(tape));
    }

    private static List<Tape.Entry> tape(Optional<Tunnel> tunnel) {
        List<Tape.Entry> tape = new ArrayList<>();
        tape.add(
                new Tape.Entry(
                        new RecordedQuery(RecordedQuery.Kind.TUNNEL, Optional.empty(), List.of()),
                        new RecordedReply.TunnelAnswer(tunnel)));
        tape.add(
                new Tape.Entry(
                        new RecordedQuery(RecordedQuery.Kind.NODES, Optional.empty(), List.of()),
                        new RecordedReply.Nodes(List.of(object(0), object(1)))));
        tape.add(
                new Tape.Entry(
                        new RecordedQuery(RecordedQuery.Kind.PODS, Optional.empty(), List.of()),
                        new RecordedReply.Pods(List.of(pod(0), pod(1)))));
        tape.add(
                new Tape.Entry(
                        new RecordedQuery(RecordedQuery.Kind.SERVICES, Optional.empty(), List.of()),
                        new RecordedReply.Services(
                                List.of(
                                        new Service(
                                                "default",
                                                "demo",
                                                "NodePort",
                                                Optional.of(Ipv4Address.parse("10.96.0.10")),
                                                80,
                                                32000,
                                                Map.of("app", "demo"))))));
        for (int i = 0; i < 2; i++) {
            tape.add(new Tape.Entry(exec(node(i), LINKS), ended(NODE_LINKS)));
            tape.add(
                    new Tape.Entry(
                            exec(new Place.InPod("default", "demo-" + i), LINKS),
                            ended(POD_LINKS)));
        }
        return tape;
    }

    private static final String NODE_LINKS =
            """
            [{"ifname": "eth0", "mtu": 1500, "address": "02:42:ac:12:00:02", "flags": ["UP"]},
             {"ifname": "cni0", "mtu": 1450, "address": "0a:58:0a:f4:00:01", "flags": ["UP"]},
             {"ifname": "flannel.1", "mtu": 1400, "address": "0a:58:0a:f4:00:00", "flags": ["UP"],
              "linkinfo": {"info_kind": "gre"}}]
            """;
    private static final String POD_LINKS =
            """
            [{"ifname": "eth0", "mtu": 1450, "address": "0a:58:0a:f4:00:02", "flags": ["UP"]}]
            """;

    private static RecordedQuery exec(Place at, List<String> argv) {
        return new RecordedQuery(RecordedQuery.Kind.EXEC, Optional.of(at), argv);
    }

    private static RecordedReply ended(String stdout) {
        return new RecordedReply.Ended(new ExecResult(List.of("ip"), 0, stdout, ""));
    }

    private static Place node(int index) {
        return new Place.OnNode(object(index).name());
    }

    private static Node object(int index) {
        return new Node(
                index == 0 ? "flannel-ipip-control-plane" : "flannel-ipip-worker",
                index == 0 ? Node.Role.CONTROL_PLANE : Node.Role.WORKER,
                Ipv4Address.parse("172.18.0." + (2 + index)),
                Optional.of(Ipv4Prefix.parse("10.244." + index + ".0/24")),
                true,
                "v1.27.3",
                List.of());
    }

    private static Pod pod(int index) {
        return new Pod(
                "default",
                "demo-" + index,
                Optional.of(object(index).name()),
                Optional.of(Ipv4Address.parse("10.244." + index + ".2")),
                false,
                "Running",
                true,
                1,
                1,
                0,
                Instant.parse("2026-01-02T03:04:05Z"),
                Map.of("app", "demo"),
                "");
    }
}
