package dev.cnilab.trace.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.testbed.TapeFolder;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On the worker of a lab, and where kube-proxy and flannel use iptables. */
class NatRulesTest {

    private static final Ipv4Address POD = Ipv4Address.parse("10.244.0.2");
    private static final Ipv4Address OWN_POD = Ipv4Address.parse("10.244.1.2");
    private static final Ipv4Address SERVICE = Ipv4Address.parse("10.96.1.0");
    private static final Ipv4Address NODE = Ipv4Address.parse("172.18.0.3");
    private static final Ipv4Address OUTSIDE = Ipv4Address.parse("192.0.2.1");

    private static NatRules nft() throws IOException {
        return NatRules.at(
                new Place.OnNode(TapeFolder.LAB + "-worker"),
                new Networks(TraceTape.read("node-port").view(), TimeFactor.NONE));
    }

    private static NatRules iptables() throws IOException {
        return NatRules.at(
                RecordedRules.PLACE,
                RecordedRules.of("iptables-nat.txt", "iptables-save", "-t", "nat"));
    }

    private static String text(Optional<NatRules.Rule> rule) {
        return rule.map(found ->
                        found.line().startsWith("-A ")
                                ? found.line()
                                : found.chain() + ": " + found.line())
                .orElse("none");
    }

    /** The counters of iptables-nft's rules say nothing about one packet. */
    @Test
    void aRuleIsShownWithoutItsCounters() {
        NatRules rules =
                NatRules.ofNft(
                        """
                        table ip nat {
                          chain DOCKER {
                            tcp dport 80 counter packets 13 bytes 780 dnat to 10.244.0.2:80
                          }
                        }
                        """);

        assertThat(text(rules.dnat(NODE, 80, POD, 80)))
                .isEqualTo("ip nat DOCKER: tcp dport 80 dnat to 10.244.0.2:80");
    }

    @Test
    void aClusterIpAndANodePortLeadToTheSamePodsByChainsOfTheirOwn() throws IOException {
        assertThat(text(nft().dnat(SERVICE, 80, POD, 80)))
                .startsWith("ip lab-proxy service/default/demo/http: dnat ip to numgen random");
        assertThat(text(nft().dnat(NODE, 32000, OWN_POD, 80)))
                .startsWith("ip lab-proxy external/default/demo/http: dnat ip to numgen random");
        assertThat(nft().dnat(SERVICE, 80, OUTSIDE, 80)).isEmpty();
    }

    @Test
    void podsAreMasqueradedTowardsTheOutsideOnly() throws IOException {
        assertThat(text(nft().snat(OWN_POD, OUTSIDE, false))).contains("\"pods to outside\"");
        assertThat(nft().snat(OWN_POD, POD, false)).isEmpty();
        assertThat(nft().snat(POD, OWN_POD, false)).isEmpty();
    }

    @Test
    void whatAServicesRuleMarkedIsMasqueradedByTheProxy() throws IOException {
        assertThat(text(nft().snat(OUTSIDE, OWN_POD, true)))
                .isEqualTo(
                        "ip lab-proxy nat-postrouting: meta mark & 0x00004000 == 0x00004000"
                                + " masquerade fully-random");
        assertThat(nft().snat(OUTSIDE, OWN_POD, false)).isEmpty();
    }

    @Test
    void aPodThatItsServiceLeadsToItselfIsMasqueraded() throws IOException {
        assertThat(text(nft().snat(OWN_POD, OWN_POD, false))).contains("@hairpins");
    }

    @Test
    void theRulesOfKubeProxyAreReadFromIptables() throws IOException {
        assertThat(text(iptables().dnat(SERVICE, 80, OWN_POD, 80)))
                .startsWith("-A KUBE-SEP-TWO ")
                .endsWith("-j DNAT --to-destination 10.244.1.2:80");
        assertThat(text(iptables().snat(OUTSIDE, OWN_POD, true)))
                .startsWith("-A KUBE-POSTROUTING ")
                .endsWith("-j MASQUERADE --random-fully");
    }

    @Test
    void theRulesOfFlannelAreReadFromIptables() throws IOException {
        assertThat(text(iptables().snat(OWN_POD, OUTSIDE, false)))
                .startsWith("-A FLANNEL-POSTRTG -s 10.244.0.0/16 ! -d 224.0.0.0/4 ");
        assertThat(iptables().snat(OWN_POD, POD, false)).isEmpty();
        assertThat(iptables().snat(OUTSIDE, OWN_POD, false)).isEmpty();
        assertThat(text(iptables().snat(OUTSIDE, POD, false)))
                .startsWith("-A FLANNEL-POSTRTG ! -s 10.244.0.0/16 -d 10.244.0.0/16 ");
    }
}
