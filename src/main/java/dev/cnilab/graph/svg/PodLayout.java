package dev.cnilab.graph.svg;

import dev.cnilab.cluster.Interfaces;
import dev.cnilab.graph.NodeNet;
import dev.cnilab.graph.PodNet;
import dev.cnilab.graph.Port;
import dev.cnilab.graph.Topology;
import dev.cnilab.graph.Veth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws a node's pods in rows above its bridge, with the veth pairs that connect them. */
final class PodLayout {

    private final Topology topology;
    private final NodeNet node;
    private final Tiers tiers;
    private final Scale scale;
    private final Box box;
    private final List<Shape> shapes = new ArrayList<>();

    /**
     * Creates the layout.
     *
     * @param box of the node
     */
    PodLayout(Topology topology, NodeNet node, Tiers tiers, Box box) {
        this.topology = topology;
        this.node = node;
        this.tiers = tiers;
        this.scale = tiers.scale();
        this.box = box;
    }

    /**
     * Returns the shapes.
     *
     * @param bridges of the node, as drawn
     */
    List<Shape> shapes(List<Shape.Block> bridges) {
        int columns = Math.min(tiers.podColumns(), Math.max(1, node.pods().size()));
        int step = scale.podWidth + scale.gap;
        int left = box.centerX() - (columns * step - scale.gap) / 2;
        int rows = Math.ceilDiv(node.pods().size(), columns);
        if (rows > 1) {
            left += Tiers.GUTTER / 2;
        }
        // The last row is next to the bridge.
        int bottomRow = box.y() + tiers.bridgeTop() - scale.podHeight - scale.gap;
        for (int i = 0; i < node.pods().size(); i++) {
            int above = rows - 1 - i / columns;
            Box place =
                    new Box(
                            left + i % columns * step,
                            bottomRow - above * (scale.podHeight + scale.gap),
                            scale.podWidth,
                            scale.podHeight);
            PodNet pod = node.pods().get(i);
            veth(pod, place, above == 0, bridges);
            shapes.add(pod(pod, place));
        }
        return shapes;
    }

    private Shape.Block pod(PodNet pod, Box place) {
        Optional<Interfaces.Interface> eth0 = pod.netns().link("eth0");
        String address =
                eth0.flatMap(link -> link.addresses().stream().findFirst())
                        .or(() -> pod.address().map(Object::toString))
                        .orElse("no address");
        boolean read = pod.netns().problem().isEmpty();
        String name = "eth0 " + address + (read ? "" : " · not read");
        int room = scale.podWidth - 16;
        List<Text> lines = new ArrayList<>();
        lines.add(Text.fitted(Text.Font.NAME, pod.name(), room));
        lines.add(Text.fitted(Text.Font.CODE, name, room));
        if (scale == Scale.FULL) {
            lines.add(
                    Text.fitted(
                            Text.Font.CODE_SMALL,
                            eth0.map(link -> link.mac() + " · mtu " + link.mtu())
                                    .orElse(pod.netns().problem()),
                            room));
        }
        return new Shape.Block(
                Shape.Kind.POD,
                place,
                lines,
                Optional.of(new Port(pod.netns().location(), "eth0")),
                read && eth0.filter(Interfaces.Interface::up).isEmpty(),
                pod.namespace() + "/" + pod.name() + ": " + name);
    }

    private void veth(PodNet pod, Box place, boolean lowest, List<Shape.Block> bridges) {
        Optional<Veth> pair = topology.veth(new Port(pod.netns().location(), "eth0"));
        if (pair.isEmpty()) {
            return;
        }
        Port outer = pair.get().outer();
        Optional<Shape.Block> bridge =
                node.netns()
                        .link(outer.link())
                        .flatMap(link ->
                                bridges.stream()
                                        .filter(bar ->
                                                bar.port()
                                                        .filter(port ->
                                                                port.link().equals(link.master()))
                                                        .isPresent())
                                        .findFirst());
        Box end = bridge.map(Shape.Block::box).orElse(box);
        int endY = bridge.isPresent() ? end.y() : box.y() + tiers.routesTop();
        int turn = place.bottom() + scale.gap / 2;
        int x = place.centerX();
        int passing = lowest ? x : place.x() - Tiers.GUTTER / 2;
        int endX = Math.clamp(passing, end.x() + 4, end.right() - 4);
        shapes.add(
                new Shape.Wire(
                        Shape.Kind.VETH,
                        List.of(
                                x,
                                place.bottom(),
                                x,
                                turn,
                                passing,
                                turn,
                                passing,
                                endY - scale.gap / 2,
                                endX,
                                endY - scale.gap / 2,
                                endX,
                                endY),
                        Optional.of(outer),
                        "veth: "
                                + pod.name()
                                + " eth0 and "
                                + node.node().name()
                                + " "
                                + outer.link()));
        if (scale == Scale.FULL) {
            shapes.add(
                    new Shape.Label(new Text(Text.Font.CODE_SMALL, outer.link()), x + 7, turn + 4));
        }
    }
}
