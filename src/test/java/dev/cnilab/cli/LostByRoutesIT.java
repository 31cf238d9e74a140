package dev.cnilab.cli;

import static dev.cnilab.cli.Verdicts.arrived;
import static dev.cnilab.cli.Verdicts.lost;
import static dev.cnilab.cli.Verdicts.lostUntilFixed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.base.Remedy;
import dev.cnilab.cluster.Place;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.Sysctl;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import dev.cnilab.testbed.TypesRemedyOf;
import dev.cnilab.trace.DropReason;
import dev.cnilab.trace.Verdict;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Traces lost because of routes, links and neighbours. */
@ExtendWith(SharedTracedLab.class)
class LostByRoutesIT {

    private final TracedLab lab;

    LostByRoutesIT(TracedLab lab) {
        this.lab = lab;
    }

    @Test
    @TypesRemedyOf("trace.run.RouteDiagnosis.noNeighbour")
    @Tag("recorded")
    void addressIsUnused() throws IOException {
        Verdict.Lost lost =
                lost(
                        lab.taped("no-neighbour").ping(lab.pod(), "10.244.1.77"),
                        DropReason.NO_NEIGHBOUR);

        assertThat(lost.where()).isEqualTo(TracedLab.place(lab.worker()));
        assertThat(lost.explanation()).contains("10.244.1.77 at cni0");
        lab.fix(lost.remedy());
    }

    @Test
    @TypesRemedyOf("trace.run.RouteDiagnosis.noRouteAtAll")
    @Tag("recorded")
    @Needs(Peer.IP)
    void unreachableRoute() throws IOException {
        lab.breaking(
                lab.controlPlane(),
                "ip route add unreachable " + lab.address(lab.worker()),
                "ip route del unreachable " + lab.address(lab.worker()));
        lostUntilFixed(lab.taped("unreachable-route"), DropReason.NO_ROUTE, lab.controlPlane());
    }

    @Test
    @TypesRemedyOf("trace.run.DefaultRoutes.command")
    @Tag("recorded")
    @Needs(Peer.IP)
    void noRoute() throws IOException {
        lab.breaking(
                lab.controlPlane(),
                "ip route del default",
                "ip route add default via 172.18.0.1 dev eth0");
        Verdict.Lost lost =
                lost(lab.taped("no-route").ping(lab.pod(), "192.0.2.1"), DropReason.NO_ROUTE);

        assertThat(lost.where()).isEqualTo(TracedLab.place(lab.controlPlane()));
        assertThat(lost.explanation()).contains("no route to 192.0.2.1");
        lab.fix(lost.remedy());
        Verdict.Lost next = lost(lab.ping(lab.pod(), "192.0.2.1"), DropReason.NO_ROUTE);
        assertThat(next.where()).isEqualTo(TracedLab.place("outside"));
        assertThat(next.remedy()).isEqualTo(Remedy.NONE);
    }

    @Test
    @Needs(Peer.IP)
    void outsideHasNoRouteToPods() throws IOException {
        Verdict.Lost lost =
                lost(
                        lab.taped("no-route-outside").ping("outside", lab.workerPod()),
                        DropReason.NO_ROUTE);

        assertThat(lost.where()).isEqualTo(TracedLab.place("outside"));
        lab.breaking("outside", "true", "ip route del 10.244.1.0/24");
        lab.fix(lost.remedy());
        arrived(lab.ping("outside", lab.workerPod()));
    }

    @Test
    @TypesRemedyOf("trace.run.Filters.reversePath")
    @Needs(Peer.IP)
    void reversePathFilterDrops() throws IOException {
        lab.breaking(
                lab.worker(),
                "ip route add " + lab.address(lab.controlPlane()) + " dev eth0",
                "ip route del " + lab.address(lab.controlPlane()));
        Verdict.Lost lost =
                lostUntilFixed(lab.taped("reverse-path"), DropReason.RP_FILTER, lab.worker());

        assertThat(lost.interfaceName()).isEqualTo("flannel.ipip");
        assertThat(lost.evidence().toString())
                .contains("TcpExtIPReversePathFilter grew by 1")
                .contains("rp_filter = 1")
                .contains(lab.address(lab.controlPlane()) + " dev eth0");
    }

    @Test
    @Tag("recorded")
    @Needs(Peer.IP)
    void smallerMtuIsReportedAndCached() throws IOException {
        NetNamespace pod = lab.podNetwork(lab.controlPlane());
        lab.breaking(() -> {}, () -> pod.run(() -> new Sysctl("net.ipv4.route.flush").write("1")));
        lab.breaking(
                lab.controlPlane(),
                "ip route add "
                        + lab.address(lab.worker())
                        + " via 172.18.0.3 dev flannel.ipip onlink mtu lock 1300",
                "ip route del " + lab.address(lab.worker()));
        Verdict.Lost lost =
                lost(
                        lab.taped("narrow-link").sized(lab.pod(), lab.workerPod(), 1400, true),
                        DropReason.MTU);

        assertThat(lost.where()).isEqualTo(TracedLab.place(lab.controlPlane()));
        assertThat(lost.explanation()).contains("1300");
        Verdict.Lost again =
                lost(
                        lab.taped("remembered-mtu").sized(lab.pod(), lab.workerPod(), 1400, true),
                        DropReason.MTU);
        assertThat(again.where()).isEqualTo(new Place.InPod("default", lab.pod()));
        assertThat(again.evidence().toString()).contains("eth0 takes 1480", "remembers");
    }

    @Test
    @Tag("recorded")
    void tooLongWithDfDoesNotLeaveThePod() throws IOException {
        Verdict.Lost lost =
                lost(
                        lab.taped("too-big").sized(lab.pod(), lab.workerPod(), 1453, true),
                        DropReason.MTU);

        assertThat(lost.where()).isEqualTo(new Place.InPod("default", lab.pod()));
        assertThat(lost.explanation()).contains("1481 bytes").contains("1480");
        assertThat(lost.remedy().text()).contains("--size 1452");
        arrived(lab.sized(lab.pod(), lab.workerPod(), 1452, true));
    }

    /** The default route is removed with it, and is not restored automatically. */
    @Test
    @TypesRemedyOf("trace.run.Finding.down")
    @Needs(Peer.IP)
    void nodesLinkIsDown() throws IOException {
        lab.breaking(lab.worker(), "ip link set eth0 down", "ip link set eth0 up");
        lab.breaking(lab.worker(), "true", "ip route add default via 172.18.0.1 dev eth0");
        Verdict.Lost lost =
                lostUntilFixed(lab.taped("node-link-down"), DropReason.LINK_DOWN, "outside");

        assertThat(lost.explanation()).contains("eth0 of " + lab.worker());
        assertThat(lost.evidence()).contains("ip route show: no default, which went with it");
        assertThat(lab.run(lab.worker(), "ip route show default"))
                .startsWith("default via 172.18.0.1 dev eth0");
    }

    /** The kernel removes the routes of its address. */
    @Test
    @Tag("recorded")
    @Needs(Peer.IP)
    void bridgeIsDown() throws IOException {
        lab.breaking(lab.worker(), "ip link set cni0 down", "ip link set cni0 up");
        lostUntilFixed(lab.taped("bridge-down"), DropReason.LINK_DOWN, lab.worker());
    }

    @Test
    @Tag("recorded")
    @Needs(Peer.IP)
    void podsVethIsDown() throws IOException {
        String veth = lab.vethOf(lab.worker());
        lab.breaking(lab.worker(), "ip link set " + veth + " down", "ip link set " + veth + " up");
        Verdict.Lost lost =
                lostUntilFixed(lab.taped("veth-down"), DropReason.LINK_DOWN, lab.worker());

        assertThat(lost.explanation()).contains(veth);
    }

    @Test
    @TypesRemedyOf("trace.run.LossDiagnosis.ttlExpired")
    @Tag("recorded")
    @Needs(Peer.IP)
    void routingLoop() throws IOException {
        lab.breaking(
                "outside",
                "ip route add 198.51.100.0/24 via 172.18.0.3",
                "ip route del 198.51.100.0/24");
        Verdict.Lost lost =
                lost(
                        lab.taped("routing-loop").ping(lab.pod(), "198.51.100.7"),
                        DropReason.TTL_EXPIRED);

        assertThat(lost.where()).isEqualTo(TracedLab.place("outside"));
        lab.fix(lost.remedy());
    }

    @Test
    @TypesRemedyOf("trace.run.Filters.martian")
    @Tag("recorded")
    @Needs(Peer.IP)
    void packetReturnedToItsSenderIsAMartian() throws IOException {
        lab.breaking(
                lab.controlPlane(),
                "ip route add 198.51.100.0/24 via 172.18.0.3",
                "ip route del 198.51.100.0/24");
        lab.breaking(
                lab.worker(),
                "ip route add 198.51.100.0/24 via 172.18.0.2",
                "ip route del 198.51.100.0/24");
        Verdict.Lost lost =
                lost(lab.taped("martian").ping(lab.pod(), "198.51.100.7"), DropReason.RP_FILTER);

        assertThat(lost.where()).isEqualTo(TracedLab.place(lab.controlPlane()));
        assertThat(lost.explanation()).contains("martian");
        lab.fix(lost.remedy());
    }
}
