package dev.cnilab.trace.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.testbed.TapeFolder;
import dev.cnilab.trace.DropReason;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.Verdict;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traces whose packet was lost, recorded by the integration tests that broke the lab. */
class RecordedLossTest {

    @ParameterizedTest(name = "{0}: {1} at {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    # tape              | reason         | place         | interface    | evidence                          | remedy
                    forwarding-off      | FORWARDING_OFF | worker        | flannel.ipip | net.ipv4.ip_forward = 0           | sysctl -w net.ipv4.ip_forward=1
                    forward-drop        | FORWARD_DROP   | control-plane | cni0         | -A FORWARD -p icmp -j DROP        | iptables -D FORWARD -p icmp -j DROP
                    ipip-input-drop     | TUNNEL_FILTERED | worker        | eth0         | -A INPUT -p ipencap -j DROP       | iptables -D INPUT -p ipencap -j DROP
                    ipip-between-nodes  | TUNNEL_FILTERED | outside       | veth         | -A FORWARD -p ipencap -j DROP     | iptables -D FORWARD -p ipencap -j DROP
                    echo-ignored        | NO_ANSWER      | worker-pod    | eth0         | net.ipv4.icmp_echo_ignore_all = 1 | kubectl -n default delete pod demo-
                    no-neighbour        | NO_NEIGHBOUR   | worker        | flannel.ipip | 10.244.1.77 dev cni0 INCOMPLETE   | kubectl get pods -A -o wide
                    unreachable-route   | NO_ROUTE       | control-plane | cni0         | unreachable 10.244.1.             | ip route del unreachable 10.244.1.
                    no-route            | NO_ROUTE       | control-plane | cni0         | network unreachable               | ip route add default via 172.18.0.1 dev eth0
                    no-route-outside    | NO_ROUTE       | outside       | ""           | no line fits 10.244.1.            | ip route replace 10.244.1.0/24 via 172.18.0.3
                    reverse-path        | RP_FILTER      | worker        | flannel.ipip | TcpExtIPReversePathFilter grew by 1 | ip route del 10.244.0.
                    martian             | RP_FILTER      | control-plane | eth0         | 172.18.0.2 is                     | ip route get 198.51.100.7
                    narrow-link         | MTU            | control-plane | cni0         | fragmentation needed from 10.244.0.1, MTU 1300 | --size 1272
                    remembered-mtu      | MTU            | pod           | ""           | eth0 takes 1480                   | --size 1272
                    too-big             | MTU            | pod           | ""           | mtu=1480                          | --size 1452
                    node-link-down      | LINK_DOWN      | outside       | veth         | eth0: not UP                      | ip link set eth0 up
                    bridge-down         | LINK_DOWN      | worker        | eth0         | cni0: not UP                      | ip link set cni0 up
                    veth-down           | LINK_DOWN      | worker        | flannel.ipip | not UP                            | ip link set veth
                    routing-loop        | TTL_EXPIRED    | outside       | br-kind      | TTL 1                             | ip route get 198.51.100.7
                    agent-down          | AGENT_DOWN     | worker        | flannel.ipip | flannel.ipip: tun                                | delete pod lab-ipip-
                    tunnel-missing      | TUNNEL_MISSING | control-plane | eth0         | flannel.ipip: does not exist                                | delete pod lab-ipip-
                    no-endpoint         | NO_ENDPOINT    | control-plane | cni0         | selector: app=nobody              | edit service empty
                    port-closed         | PORT_CLOSED    | worker-pod    | eth0         | RST                               | ss -tln
                    """)
    void theGuiltyPlaceAndTheRemedyAreNamed(
            String tape,
            DropReason reason,
            String place,
            String interfaceName,
            String evidence,
            String remedy)
            throws IOException {
        Verdict.Lost lost = lost(tape);

        assertThat(lost.loss()).isEqualTo(reason);
        assertThat(lost.way()).isEqualTo(Verdict.Way.REQUEST);
        assertThat(role(tape, lost)).isEqualTo(place);
        assertThat(lost.interfaceName().replaceAll("^veth.*", "veth")).isEqualTo(interfaceName);
        assertThat(lost.evidence()).anyMatch(line -> line.contains(evidence));
        assertThat(lost.remedy().text()).contains(remedy);
        assertThat(lost.remedy().commands())
                .as("names the lab where there may be several")
                .filteredOn(line -> line.startsWith("lab "))
                .allMatch(line -> line.startsWith("lab exec --lab " + TapeFolder.LAB + " "));
    }

    @Test
    void aReplyIsLostOnItsWayBack() throws IOException {
        Verdict.Lost lost = lost("reply-drop");

        assertThat(lost.way()).isEqualTo(Verdict.Way.REPLY);
        assertThat(lost.loss()).isEqualTo(DropReason.FORWARD_DROP);
        assertThat(role("reply-drop", lost)).isEqualTo("control-plane");
        assertThat(lost.evidence().getFirst()).contains("--icmp-type 0 -j DROP  (1 packets)");
    }

    private static Verdict.Lost lost(String tape) throws IOException {
        Trace trace = TraceTape.read(tape).replay();
        assertThat(trace.unwatched()).isEmpty();
        assertThat(trace.verdict()).isInstanceOf(Verdict.Lost.class);
        return (Verdict.Lost) trace.verdict();
    }

    private static String role(String tape, Verdict.Lost lost) throws IOException {
        return new HopPath(TapeFolder.LAB, TraceTape.read(tape).view().pods()).role(lost.where());
    }
}
