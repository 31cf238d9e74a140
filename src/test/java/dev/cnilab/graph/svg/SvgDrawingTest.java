package dev.cnilab.graph.svg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.graph.Netns;
import dev.cnilab.graph.NodeNet;
import dev.cnilab.graph.PodNet;
import dev.cnilab.graph.Sample;
import dev.cnilab.graph.Topology;
import dev.cnilab.net.Tunnel;
import dev.cnilab.net.TunnelDriver;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SvgDrawingTest {

    @Test
    void identifiesEveryInterfaceOnAPacketsPath() throws Exception {
        Document svg = parse(SvgDrawing.of(Sample.of(2, 1)));

        assertThat(ports(svg))
                .contains(
                        "pod:default/demo-0x0|eth0",
                        "node:sample-control-plane|veth00000000",
                        "node:sample-control-plane|cni0",
                        "node:sample-control-plane|flannel.ipip",
                        "node:sample-control-plane|eth0",
                        "outside|vethac120002",
                        "outside|br-kind",
                        "outside|vethac120003",
                        "node:sample-worker1|eth0",
                        "pod:default/demo-1x0|eth0");
    }

    @Test
    void escapesNames() throws Exception {
        String nasty = "</title><script>alert(1)</script>\u0000\"'& \uD83D\uDE00";
        Topology two = Sample.of(2, 1);
        NodeNet node = two.nodes().getFirst();
        PodNet pod =
                new PodNet(
                        nasty,
                        nasty,
                        node.pods().getFirst().address(),
                        node.pods().getFirst().netns());
        String text =
                SvgDrawing.of(
                        new Topology(
                                nasty,
                                Optional.of(
                                        new Tunnel(nasty, nasty, TunnelDriver.KERNEL, nasty, 0, 0)),
                                two.taken(),
                                two.outside(),
                                List.of(
                                        new NodeNet(
                                                node.node(),
                                                node.netns(),
                                                List.of(pod),
                                                List.of()))));

        assertThat(parse(text).getElementsByTagName("script").getLength()).isZero();
        assertThat(parse(text).getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("The network of lab " + nasty.replace('\u0000', '\ufffd'));
    }

    @Test
    void doesNotDrawAnUnreadablePlaceAsDown() {
        String whole = SvgDrawing.of(Sample.of(2, 1));
        String silent = SvgDrawing.of(withFirstPod(Sample.of(2, 1), "no answer"));
        String empty = SvgDrawing.of(withFirstPod(Sample.of(2, 1), ""));

        assertThat(whole).doesNotContain("pod down", "not read");
        assertThat(silent).contains("not read", "no answer").doesNotContain("pod down");
        assertThat(empty).contains("pod down").doesNotContain("not read");
    }

    /**
     * Returns the lab with a first pod without a link.
     *
     * @param problem why it could not be read; "" when it was
     */
    private static Topology withFirstPod(Topology lab, String problem) {
        NodeNet node = lab.nodes().getFirst();
        PodNet pod = node.pods().getFirst();
        Netns netns = new Netns(pod.netns().location(), List.of(), List.of(), problem);
        PodNet changed = new PodNet(pod.namespace(), pod.name(), pod.address(), netns);
        return new Topology(
                lab.lab(),
                lab.tunnel(),
                lab.taken(),
                lab.outside(),
                List.of(new NodeNet(node.node(), node.netns(), List.of(changed), List.of())));
    }

    @Test
    void loadsNothingFromTheNetwork() {
        assertThat(SvgDrawing.of(Sample.of(2, 1)).replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http", "url(", "@import", "href");
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> ports(Document svg) {
        List<String> ports = new ArrayList<>();
        NodeList groups = svg.getElementsByTagName("g");
        for (int i = 0; i < groups.getLength(); i++) {
            ports.add(((Element) groups.item(i)).getAttribute("data-port"));
        }
        return ports;
    }
}
