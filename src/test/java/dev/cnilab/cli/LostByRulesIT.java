package dev.cnilab.cli;

import static dev.cnilab.cli.Verdicts.arrived;
import static dev.cnilab.cli.Verdicts.lost;
import static dev.cnilab.cli.Verdicts.lostUntilFixed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cluster.Pod;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.Sysctl;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import dev.cnilab.testbed.TypesRemedyOf;
import dev.cnilab.trace.DropReason;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.Verdict;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Traces lost because of rules and sysctls. */
@ExtendWith(SharedTracedLab.class)
class LostByRulesIT {

    private final TracedLab lab;

    LostByRulesIT(TracedLab lab) {
        this.lab = lab;
    }

    @Test
    @TypesRemedyOf("trace.run.Filters.forwardingOff")
    @Tag("recorded")
    void forwardingIsOff() throws IOException {
        lab.breaking(
                lab.worker(), "sysctl -w net.ipv4.ip_forward=0", "sysctl -w net.ipv4.ip_forward=1");
        lostUntilFixed(lab.taped("forwarding-off"), DropReason.FORWARDING_OFF, lab.worker());
    }

    @Test
    @TypesRemedyOf("trace.run.Filters.dropped")
    @Needs(Peer.IPTABLES)
    void ruleDropsForwardedPackets() throws IOException {
        lab.breaking(
                lab.controlPlane(),
                "iptables -I FORWARD -p icmp -j DROP",
                "iptables -D FORWARD -p icmp -j DROP");
        Verdict.Lost lost =
                lostUntilFixed(
                        lab.taped("forward-drop"), DropReason.FORWARD_DROP, lab.controlPlane());

        assertThat(lost.evidence().getFirst()).contains("-A FORWARD -p icmp -j DROP");
    }

    @Test
    @Tag("recorded")
    @Needs(Peer.IPTABLES)
    void nodeDropsIncomingIpInIp() throws IOException {
        lab.breaking(
                lab.worker(), "iptables -I INPUT -p 4 -j DROP", "iptables -D INPUT -p 4 -j DROP");
        lostUntilFixed(lab.taped("ipip-input-drop"), DropReason.TUNNEL_FILTERED, lab.worker());
    }

    @Test
    @Needs(Peer.IPTABLES)
    void nodeNetworkDropsIpInIp() throws IOException {
        lab.run("outside", "sysctl -w net.bridge.bridge-nf-call-iptables=1");
        lab.breaking(
                "outside", "iptables -I FORWARD -p 4 -j DROP", "iptables -D FORWARD -p 4 -j DROP");
        lostUntilFixed(lab.taped("ipip-between-nodes"), DropReason.TUNNEL_FILTERED, "outside");
    }

    @Test
    @Tag("recorded")
    @Needs(Peer.IPTABLES)
    void replyIsLost() throws IOException {
        lab.breaking(
                lab.controlPlane(),
                "iptables -I FORWARD -p icmp --icmp-type echo-reply -j DROP",
                "iptables -D FORWARD -p icmp --icmp-type echo-reply -j DROP");
        Verdict.Lost lost =
                lost(
                        lab.taped("reply-drop").ping(lab.pod(), lab.workerPod()),
                        DropReason.FORWARD_DROP);

        assertThat(lost.way()).isEqualTo(Verdict.Way.REPLY);
        assertThat(lost.where()).isEqualTo(TracedLab.place(lab.controlPlane()));
    }

    @Test
    @TypesRemedyOf("trace.run.Filters.echoIgnored")
    @Tag("recorded")
    void podDoesNotReply() throws IOException {
        Sysctl ignore = new Sysctl("net.ipv4.icmp_echo_ignore_all");
        NetNamespace pod = lab.podNetwork(lab.worker());
        pod.run(() -> ignore.write("1"));
        Trace trace = lab.taped("echo-ignored").ping(lab.pod(), lab.workerPod());

        Verdict.Lost lost = lost(trace, DropReason.NO_ANSWER);
        assertThat(lab.path(trace.request())).endsWith("worker-pod eth0 in");
        Pod before = lab.pod(lab.worker());
        lab.fix(lost.remedy());
        lab.awaitAnother(before);
        arrived(lab.ping(lab.pod(), lab.workerPod()));
    }
}
