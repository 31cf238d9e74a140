package dev.cnilab.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.cluster.Interfaces.Interface;
import dev.cnilab.cluster.Place;
import dev.cnilab.graph.svg.SvgDrawing;
import dev.cnilab.net.Tunnels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopologyTest {

    private static final Topology TWO = Sample.of(2, 1);

    @Test
    void matchesVethPairsByBothIndexes() {
        assertThat(TWO.veths().stream().map(veth -> veth.inner().id() + " " + veth.outer().id()))
                .containsExactly(
                        "pod:default/demo-0x0|eth0 node:sample-control-plane|veth00000000",
                        "pod:default/demo-1x0|eth0 node:sample-worker1|veth00000100",
                        "node:sample-control-plane|eth0 outside|vethac120002",
                        "node:sample-worker1|eth0 outside|vethac120003");
    }

    @Test
    void findsAPairFromEitherEnd() {
        Port inner = new Port(new Place.InPod("default", "demo-1x0"), "eth0");
        Port outer = new Port(new Place.OnNode("sample-worker1"), "veth00000100");

        assertThat(TWO.veth(inner)).isEqualTo(TWO.veth(outer)).hasValue(new Veth(inner, outer));
        assertThat(TWO.veth(new Port(new Place.Outside(), "br-kind"))).isEmpty();
    }

    @Test
    void theSegmentIsTheBridgeOfTheNodes() {
        assertThat(TWO.segment())
                .hasValueSatisfying(bridge -> assertThat(bridge.name()).isEqualTo("br-kind"));
        assertThat(Sample.of(0, 0).segment()).isEmpty();
    }

    @Test
    void removesOtherInterfacesOutside() {
        List<Interface> links = new ArrayList<>(TWO.outside().links());
        links.add(
                new Interface(
                        9,
                        0,
                        "wlan0",
                        "",
                        1500,
                        "02:00:00:00:00:09",
                        true,
                        "",
                        List.of("192.168.1.7/24"),
                        ""));
        List<NodeRoute> routes = new ArrayList<>(TWO.outside().routes());
        routes.add(new NodeRoute("default", "192.168.1.1", "wlan0", "", "", "", List.of()));
        Topology onKind =
                new Topology(
                        "sample",
                        Optional.of(Tunnels.IPIP),
                        TWO.taken(),
                        new Netns(new Place.Outside(), links, routes, ""),
                        TWO.nodes());

        assertThat(onKind.withoutOtherInterfaces()).isEqualTo(TWO);
    }

    @Test
    void ignoresATunnelWithoutAnAddress() {
        NodeNet node = TWO.nodes().getFirst();

        assertThat(node.tunnels()).extracting("name").containsExactly("flannel.ipip");
        assertThat(node.bridges()).extracting("name").containsExactly("cni0");
        assertThat(node.external())
                .hasValueSatisfying(link -> assertThat(link.name()).isEqualTo("eth0"));
    }

    @Test
    void textHasEveryPlaceWithItsLinksAndRoutes() {
        String text = TopologyText.of(TWO);

        assertThat(text)
                .startsWith("lab: sample   tunnel: kernel   taken: 2026-11-27T18:00:00Z\n")
                .contains("\nnode sample-worker1 (worker, 172.18.0.3, pods 10.244.1.0/24)\n")
                .contains("\n  flannel.ipip  ipip    10.244.1.0/32  -                  mtu 1480\n")
                .contains("  mtu 1480  on cni0 to eth0 of demo-1x0\n")
                .contains("\n  route 10.244.0.0/24 via 172.18.0.2 dev flannel.ipip\n")
                .contains("\n  pod default/demo-0x0\n    eth0  veth  10.244.0.2/24")
                .contains("\n  in the node's own network: lab-ipip-1\n");
        assertThat(text.lines()).allMatch(line -> line.length() <= 120);
        assertThat(text.lines()).noneMatch(line -> line.endsWith(" "));
    }

    @Test
    void printsWhyAPlaceCouldNotBeRead() {
        Topology broken =
                new Topology(
                        "sample",
                        Optional.empty(),
                        TWO.taken(),
                        Netns.unread(new Place.Outside(), "no such place"),
                        TWO.nodes());

        assertThat(TopologyText.of(broken)).contains("  not read: no such place\n");
        assertThat(TopologyMermaid.of(broken)).contains("flannel.ipip").doesNotContain("br-kind");
        assertThat(TopologyJson.of(broken).at("/outside/problem").asText())
                .isEqualTo("no such place");
    }

    @Test
    void jsonNamesBothEndsOfEveryVeth() {
        JsonNode veths = TopologyJson.of(TWO).path("veths");

        assertThat(veths).hasSize(4);
        assertThat(veths.get(0).toString())
                .isEqualTo(
                        "{\"inner\":{\"place\":\"pod:default/demo-0x0\",\"link\":\"eth0\"},"
                                + "\"outer\":{\"place\":\"node:sample-control-plane\","
                                + "\"link\":\"veth00000000\"}}");
    }

    @Test
    void mermaidConnectsPodsBridgesTunnelsAndTheNetwork() {
        assertThat(TopologyMermaid.of(TWO))
                .startsWith("flowchart TB\n  subgraph n0[\"sample-control-plane\"]\n")
                .contains(
                        "    l0([\"demo-0x0<br>eth0 10.244.0.2/24<br>0a:58:0a:f4:00:02\"]):::pod\n")
                .contains("  l0 ---|\"veth00000000\"| l1\n")
                .contains("-. IP in IP .->");
    }

    @Test
    void anotherTunnelIsDrawnAsWhatItIs() {
        NodeNet node = TWO.nodes().getFirst();
        Interface eth0 = node.external().orElseThrow();
        Interface device =
                new Interface(
                        9,
                        0,
                        "flannel.1",
                        "vxlan",
                        1450,
                        "",
                        true,
                        "",
                        List.of("10.244.0.0/32"),
                        "");
        NodeNet changed =
                new NodeNet(
                        node.node(),
                        new Netns(node.netns().location(), List.of(eth0, device), List.of(), ""),
                        List.of(),
                        List.of());
        Topology vxlan =
                new Topology(
                        "sample",
                        Optional.of(Tunnels.VXLAN),
                        TWO.taken(),
                        TWO.outside(),
                        List.of(changed, changed));

        assertThat(TopologyMermaid.of(vxlan))
                .contains("flannel.1")
                .contains("-. VXLAN .->")
                .doesNotContain("flannel.ipip", "IP in IP");
        assertThat(SvgDrawing.of(vxlan))
                .contains("flannel.1", "VXLAN, protocol 17", ">proto 17<")
                .doesNotContain("flannel.ipip", "IP in IP");
    }

    @Test
    void mermaidEscapesNames() {
        String label = "x\"]; click \uD83D\uDE00<script>#quot;";
        NodeNet node = TWO.nodes().getFirst();
        PodNet strange =
                new PodNet(
                        "default",
                        label,
                        node.pods().getFirst().address(),
                        node.pods().getFirst().netns());
        Topology topology =
                new Topology(
                        "sample",
                        Optional.empty(),
                        TWO.taken(),
                        TWO.outside(),
                        List.of(
                                new NodeNet(
                                        node.node(), node.netns(), List.of(strange), List.of())));

        assertThat(TopologyMermaid.of(topology))
                .contains("l0([\"x#34;#93;#59; click #128512;#60;script#62;#35;quot#59;<br>eth0");
    }
}
