package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cluster.Location;
import dev.cnilab.trace.Change;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.Loss;
import dev.cnilab.trace.Reason;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.Verdict;
import dev.cnilab.trace.view.TraceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces in a lab that is whole, and in one that is broken in each way that a trace explains. */
@Tag("large")
class TraceIT {

    private static final List<String> TUNNELLED =
            List.of(
                    "pod eth0 out",
                    "control-plane veth in",
                    "control-plane cni0 in",
                    "control-plane flannel.ipip out",
                    "control-plane eth0 out",
                    "outside veth in",
                    "outside veth out",
                    "worker eth0 in",
                    "worker flannel.ipip in",
                    "worker cni0 out",
                    "worker veth out",
                    "worker-pod eth0 in");

    @TempDir private static Path state;

    private static TracedLab lab;
    private static String pod;
    private static String podAddress;
    private static String workerPod;
    private static String workerPodAddress;

    /** What undoes a test's fault, newest first; a mended one fails, which is fine. */
    private final List<Undo> undo = new ArrayList<>();

    private record Undo(String where, String command) {}

    @BeforeAll
    static void up() throws IOException {
        lab = TracedLab.up(state, "flannel-ipip");
        pod = lab.pod(lab.controlPlane()).name();
        podAddress = lab.pod(lab.controlPlane()).ip().orElseThrow().toString();
        workerPod = lab.pod(lab.worker()).name();
        workerPodAddress = lab.pod(lab.worker()).ip().orElseThrow().toString();
    }

    @AfterAll
    static void down() {
        if (lab != null) {
            lab.close();
        }
    }

    @AfterEach
    void whole() throws IOException {
        for (Undo each : undo.reversed()) {
            lab.cluster()
                    .exec(place(each.where), List.of(each.command.split(" ")), TracedLab.COMMAND);
        }
    }

    private static Location place(String where) {
        return where.equals("outside") ? new Location.Outside() : new Location.OnNode(where);
    }

    private void breaking(String where, String command, String undo) throws IOException {
        this.undo.add(new Undo(where, undo));
        lab.run(where, command);
    }

    @Test
    void podToPodOnTheOtherNodePassesTheTunnel() throws IOException {
        Trace trace = lab.ping(pod, workerPod);

        arrived(trace);
        assertThat(lab.path(trace.request())).containsExactlyElementsOf(TUNNELLED);
        assertThat(lab.path(trace.reply())).containsExactlyElementsOf(turned(TUNNELLED));
        assertThat(trace.request()).extracting(Hop::nanos).isSorted();
        Hop wrapped = hop(trace.request(), "control-plane eth0 out");
        assertThat(wrapped.outer().orElseThrow().protocol()).isEqualTo(4);
        assertThat(wrapped.changes())
                .contains(
                        new Change(
                                Change.Field.OUTER,
                                "",
                                "172.18.0.2 > 172.18.0.3",
                                Reason.Kind.ENCAPSULATION));
        assertThat(
                        reason(
                                hop(trace.request(), "control-plane flannel.ipip out"),
                                Reason.Kind.ROUTE))
                .satisfies(reason -> {
                    assertThat(reason.text())
                            .startsWith("10.244.1.0/24 via 172.18.0.3 dev flannel.ipip");
                    assertThat(reason.entry())
                            .isEqualTo("10.244.1.0 172.18.0.3 255.255.255.0 UG flannel.ipip");
                });
        assertThat(trace.request())
                .extracting(hop -> hop.inner().ttl())
                .startsWith(64)
                .endsWith(62);
        assertThat(TraceText.of(trace).lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void nodeToPodLeavesWithTheTunnelsAddress() throws IOException {
        Trace trace = lab.ping(lab.controlPlane(), workerPod);

        arrived(trace);
        assertThat(trace.request().getFirst().inner().source()).hasToString("10.244.0.0");
        assertThat(lab.path(trace.request()))
                .containsExactlyElementsOf(TUNNELLED.subList(3, TUNNELLED.size()));
    }

    @Test
    void fromOutsideANodePortLeadsToAPod() throws IOException {
        Trace trace = lab.tcp("outside", lab.worker(), 32000);

        arrived(trace);
        assertThat(lab.path(trace.request()))
                .startsWith("outside br-kind out", "outside veth out", "worker eth0 in")
                .last()
                .asString()
                .endsWith("pod eth0 in");
        Hop translated = trace.request().get(3);
        assertThat(reason(translated, Reason.Kind.DNAT).text()).contains("external/default/demo");
        assertThat(reason(translated, Reason.Kind.SNAT).text()).contains("masquerade");
        assertThat(lab.path(trace.reply())).endsWith("outside br-kind in");
    }

    @Test
    void aServiceLeadsToBothPodsTheCallerIncluded() throws IOException {
        List<String> ends = new ArrayList<>();
        for (int i = 0; i < 40 && ends.size() < 2; i++) {
            Trace trace = lab.tcp(pod, "demo", 80);
            arrived(trace);
            String end = lab.path(trace.request()).getLast();
            if (!ends.contains(end)) {
                ends.add(end);
                service(trace, end);
            }
        }
        assertThat(ends).containsExactlyInAnyOrder("pod eth0 in", "worker-pod eth0 in");
    }

    private static void service(Trace trace, String end) {
        List<Change> changes =
                trace.request().stream().flatMap(hop -> hop.changes().stream()).toList();
        assertThat(changes).extracting(Change::field).contains(Change.Field.DESTINATION);
        if (end.startsWith("worker")) {
            assertThat(lab.path(trace.request())).containsExactlyElementsOf(TUNNELLED);
            return;
        }
        // Hairpin: by the bridge and back out of the port it came in by, with the node's address.
        assertThat(lab.path(trace.request()))
                .startsWith("pod eth0 out", "control-plane veth in")
                .endsWith("control-plane veth out", "pod eth0 in");
        assertThat(trace.request().getLast().inner().source()).hasToString("10.244.0.1");
    }

    @Test
    void tooBigIsCutAndPutTogetherAgain() throws IOException {
        Trace trace = lab.sized(pod, workerPod, 2000, false);

        arrived(trace);
        assertThat(lab.path(trace.request())).containsExactlyElementsOf(TUNNELLED);
        assertThat(trace.request().getFirst().frames()).isEqualTo(2);
    }

    @Test
    void tooBigWithDfDoesNotLeaveThePod() throws IOException {
        Verdict.Lost lost = lost(lab.sized(pod, workerPod, 1453, true), Loss.MTU);

        assertThat(lost.where()).isEqualTo(new Location.InPod("default", pod));
        assertThat(lost.explanation()).contains("1481 bytes").contains("1480");
        assertThat(lost.remedy()).contains("--size 1452");
        arrived(lab.sized(pod, workerPod, 1452, true));
    }

    @Test
    void aNarrowerLinkOnTheWaySaysSo() throws IOException {
        breaking(
                lab.controlPlane(),
                "ip route add "
                        + workerPodAddress
                        + " via 172.18.0.3 dev flannel.ipip onlink mtu lock 1300",
                "ip route del " + workerPodAddress);
        Verdict.Lost lost = lost(lab.sized(pod, workerPod, 1400, true), Loss.MTU);

        assertThat(lost.where()).isEqualTo(place(lab.controlPlane()));
        assertThat(lost.explanation()).contains("1300");
    }

    @Test
    void nobodyHasTheAddress() throws IOException {
        Verdict.Lost lost = lost(lab.ping(pod, "10.244.1.77"), Loss.NO_NEIGHBOUR);

        assertThat(lost.where()).isEqualTo(place(lab.worker()));
        assertThat(lost.explanation()).contains("10.244.1.77 at cni0");
    }

    @Test
    void anUnreachableRoute() throws IOException {
        breaking(
                lab.controlPlane(),
                "ip route add unreachable " + workerPodAddress,
                "ip route del unreachable " + workerPodAddress);
        mended(pod, workerPod, lost(lab.ping(pod, workerPod), Loss.NO_ROUTE), lab.controlPlane());
    }

    @Test
    void noRouteAtAll() throws IOException {
        breaking(
                lab.controlPlane(),
                "ip route del default",
                "ip route add default via 172.18.0.1 dev eth0");
        Verdict.Lost lost = lost(lab.ping(pod, "192.0.2.1"), Loss.NO_ROUTE);

        assertThat(lost.where()).isEqualTo(place(lab.controlPlane()));
        assertThat(lost.explanation()).contains("no route to 192.0.2.1");
    }

    @Test
    void theReversePathLeadsElsewhere() throws IOException {
        breaking(
                lab.worker(),
                "ip route add " + podAddress + " dev eth0",
                "ip route del " + podAddress);
        Verdict.Lost lost = lost(lab.ping(pod, workerPod), Loss.RP_FILTER);

        assertThat(lost.interfaceName()).isEqualTo("flannel.ipip");
        assertThat(lost.evidence().toString())
                .contains("TcpExtIPReversePathFilter grew by 1")
                .contains("rp_filter = 1")
                .contains(podAddress + " dev eth0");
        mended(pod, workerPod, lost, lab.worker());
    }

    @Test
    void forwardingIsOff() throws IOException {
        breaking(
                lab.worker(), "sysctl -w net.ipv4.ip_forward=0", "sysctl -w net.ipv4.ip_forward=1");
        mended(pod, workerPod, lost(lab.ping(pod, workerPod), Loss.FORWARDING_OFF), lab.worker());
    }

    @Test
    void aRuleDropsWhatIsForwarded() throws IOException {
        breaking(
                lab.controlPlane(),
                "iptables -I FORWARD -p icmp -j DROP",
                "iptables -D FORWARD -p icmp -j DROP");
        Verdict.Lost lost = lost(lab.ping(pod, workerPod), Loss.FORWARD_DROP);

        assertThat(lost.evidence().getFirst()).contains("-A FORWARD -p icmp -j DROP");
        mended(pod, workerPod, lost, lab.controlPlane());
    }

    @Test
    void aNodeDoesNotLetIpInIpIn() throws IOException {
        breaking(lab.worker(), "iptables -I INPUT -p 4 -j DROP", "iptables -D INPUT -p 4 -j DROP");
        mended(pod, workerPod, lost(lab.ping(pod, workerPod), Loss.IPIP_FILTERED), lab.worker());
    }

    @Test
    void theNetworkBetweenTheNodesDropsIpInIp() throws IOException {
        lab.run("outside", "sysctl -w net.bridge.bridge-nf-call-iptables=1");
        breaking("outside", "iptables -I FORWARD -p 4 -j DROP", "iptables -D FORWARD -p 4 -j DROP");
        mended(pod, workerPod, lost(lab.ping(pod, workerPod), Loss.IPIP_FILTERED), "outside");
    }

    @Test
    void theAgentHangs() throws IOException {
        String agent = agentOf(lab.worker());
        breaking(lab.worker(), "kill -STOP " + agent, "kill -CONT " + agent);
        Verdict.Lost lost = lost(lab.ping(workerPod, pod), Loss.AGENT_DOWN);

        assertThat(lost.where()).isEqualTo(place(lab.worker()));
        assertThat(lost.remedy()).contains("delete pod lab-ipip-");
    }

    @Test
    void theTunnelIsGone() throws IOException {
        String agent = agentOf(lab.controlPlane());
        breaking(lab.controlPlane(), "kill -STOP " + agent, "kill -CONT " + agent);
        lab.run(lab.controlPlane(), "ip link del flannel.ipip");
        Verdict.Lost lost = lost(lab.ping(pod, workerPod), Loss.TUNNEL_MISSING);

        assertThat(lost.where()).isEqualTo(place(lab.controlPlane()));
        assertThat(lost.explanation()).contains("no flannel.ipip");
    }

    /** The process that has the node's network and runs the agent. */
    private static String agentOf(String node) throws IOException {
        String pids = lab.run(node, "ip netns pids " + node);
        for (String pid : pids.split("\\s+")) {
            String line = lab.run(node, "cat /proc/" + pid + "/cmdline").replace('\0', ' ');
            if (line.contains(" agent --ip-masq")) {
                return pid;
            }
        }
        throw new AssertionError("no agent on " + node);
    }

    @Test
    void theServiceHasNobodyBehindIt() throws IOException {
        String service =
                """
                apiVersion: v1
                kind: Service
                metadata: {name: empty, namespace: default}
                spec:
                  selector: {app: nobody}
                  ports: [{port: 80}]
                """;
        lab.cluster().apply(service);
        try {
            Verdict.Lost lost = lost(lab.tcp(pod, "empty", 80), Loss.NO_ENDPOINT);
            assertThat(lost.explanation()).contains("no Ready pod has app=nobody");
            assertThat(lost.evidence().toString()).contains("app=demo");
        } finally {
            lab.cluster().delete(service);
        }
    }

    @Test
    void nobodyListens() throws IOException {
        Verdict.Lost lost = lost(lab.tcp(pod, workerPod, 81), Loss.PORT_CLOSED);

        assertThat(lost.where()).isEqualTo(new Location.InPod("default", workerPod));
    }

    @Test
    void thePodDoesNotAnswer() throws IOException {
        breaking(
                lab.worker(),
                "ip netns exec "
                        + lab.worker()
                        + ".default."
                        + workerPod
                        + " sysctl -w net.ipv4.icmp_echo_ignore_all=1",
                "ip netns exec "
                        + lab.worker()
                        + ".default."
                        + workerPod
                        + " sysctl -w net.ipv4.icmp_echo_ignore_all=0");
        Verdict.Lost lost = lost(lab.ping(pod, workerPod), Loss.NO_ANSWER);

        assertThat(lost.remedy()).contains("icmp_echo_ignore_all=0");
        assertThat(lab.path(List.of(hop(lab.ping(pod, workerPod).request(), "worker-pod eth0 in"))))
                .hasSize(1);
    }

    @Test
    void theAnswerIsLostOnTheWayBack() throws IOException {
        breaking(
                lab.controlPlane(),
                "iptables -I FORWARD -p icmp --icmp-type echo-reply -j DROP",
                "iptables -D FORWARD -p icmp --icmp-type echo-reply -j DROP");
        Verdict.Lost lost = lost(lab.ping(pod, workerPod), Loss.FORWARD_DROP);

        assertThat(lost.way()).isEqualTo(Verdict.Way.REPLY);
        assertThat(lost.where()).isEqualTo(place(lab.controlPlane()));
    }

    /** Does what the verdict says, and finds the lab whole. */
    private static void mended(String from, String to, Verdict.Lost lost, String guilty)
            throws IOException {
        assertThat(lost.where()).isEqualTo(place(guilty));
        lab.mend(lost.remedy());
        arrived(lab.ping(from, to));
    }

    private static void arrived(Trace trace) {
        assertThat(trace.arrived()).as(() -> TraceText.of(trace)).isTrue();
    }

    private static Verdict.Lost lost(Trace trace, Loss loss) {
        assertThat(trace.verdict())
                .as(() -> TraceText.of(trace))
                .isInstanceOfSatisfying(
                        Verdict.Lost.class, lost -> assertThat(lost.loss()).isEqualTo(loss));
        return (Verdict.Lost) trace.verdict();
    }

    private static Hop hop(List<Hop> hops, String at) {
        int index = lab.path(hops).indexOf(at);
        assertThat(index).as(at + " in " + lab.path(hops)).isNotNegative();
        return hops.get(index);
    }

    private static Reason reason(Hop hop, Reason.Kind kind) {
        return hop.reasons().stream()
                .filter(reason -> reason.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " in " + hop));
    }

    /** The same way, walked back. */
    private static List<String> turned(List<String> path) {
        return path.reversed().stream()
                .map(hop ->
                        hop.endsWith(" out")
                                ? hop.replaceFirst(" out$", " in")
                                : hop.replaceFirst(" in$", " out"))
                .toList();
    }
}
