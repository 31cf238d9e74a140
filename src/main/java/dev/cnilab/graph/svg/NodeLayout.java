package dev.cnilab.graph.svg;

import dev.cnilab.cluster.Interfaces;
import dev.cnilab.graph.NodeNet;
import dev.cnilab.graph.PodNet;
import dev.cnilab.graph.Port;
import dev.cnilab.graph.Route;
import dev.cnilab.graph.Topology;
import dev.cnilab.graph.Veth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One node: pods above the bridge, below it routes, tunnel and the interface to the network. */
final class NodeLayout {

    private final Topology topology;
    private final NodeNet node;
    private final Tiers tiers;
    private final Scale scale;
    private final Box box;
    private final List<Shape> shapes = new ArrayList<>();

    NodeLayout(Topology topology, NodeNet node, Tiers tiers, int x, int y) {
        this.topology = topology;
        this.node = node;
        this.tiers = tiers;
        this.scale = tiers.scale();
        this.box = new Box(x, y, tiers.width(), tiers.height());
    }

    /** In the order in which they are drawn. */
    List<Shape> shapes() {
        frame();
        ways();
        List<Shape.Block> bridges = bars(Shape.Kind.BRIDGE, node.bridges(), tiers.bridgeTop());
        pods(bridges);
        shapes.addAll(bridges);
        routes();
        tunnels();
        external();
        return shapes;
    }

    private void frame() {
        int room = box.width() - 2 * scale.padding;
        String role = node.node().role().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String pods =
                node.node()
                        .podSubnet()
                        .map(subnet -> (scale == Scale.FULL ? "pods " : "") + subnet)
                        .orElse("no podCIDR");
        String state = node.node().ready() ? "" : " · NotReady";
        String problem = node.netns().problem();
        shapes.add(
                new Shape.Block(
                        Shape.Kind.NODE,
                        box,
                        List.of(
                                Text.fitted(
                                        scale == Scale.FULL ? Text.Font.TITLE : Text.Font.NAME,
                                        node.node().name(),
                                        room),
                                Text.fitted(
                                        Text.Font.SMALL,
                                        problem.isEmpty() ? role + " · " + pods + state : problem,
                                        room)),
                        Optional.of(new Port(node.netns().location(), "")),
                        !node.node().ready() || !problem.isEmpty(),
                        node.node().name() + (problem.isEmpty() ? "" : ": " + problem)));
    }

    /** From the bridge through the routing table to tunnel and network. */
    private void ways() {
        int top = tiers.bridges() ? tiers.bridgeTop() : tiers.routesTop();
        shapes.add(
                new Shape.Wire(
                        Shape.Kind.WAY,
                        List.of(
                                box.centerX(),
                                box.y() + top,
                                box.centerX(),
                                box.y() + tiers.externalTop()),
                        Optional.empty(),
                        ""));
    }

    private void pods(List<Shape.Block> bridges) {
        int columns = Math.min(tiers.podColumns(), Math.max(1, node.pods().size()));
        int step = scale.podWidth + scale.gap;
        int left = box.centerX() - (columns * step - scale.gap) / 2;
        int rows = Math.ceilDiv(node.pods().size(), columns);
        if (rows > 1) {
            left += Tiers.GUTTER / 2;
        }
        // The last row is right above the bridge.
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
    }

    private Shape.Block pod(PodNet pod, Box place) {
        Optional<Interfaces.Interface> eth0 = pod.netns().link("eth0");
        String address =
                eth0.flatMap(link -> link.addresses().stream().findFirst())
                        .or(() -> pod.address().map(Object::toString))
                        .orElse("no address");
        int room = scale.podWidth - 16;
        List<Text> lines = new ArrayList<>();
        lines.add(Text.fitted(Text.Font.NAME, pod.name(), room));
        lines.add(Text.fitted(Text.Font.CODE, "eth0 " + address, room));
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
                eth0.filter(Interfaces.Interface::up).isEmpty(),
                pod.namespace() + "/" + pod.name() + ": eth0 " + address);
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

    /** Links side by side. */
    private List<Shape.Block> bars(Shape.Kind kind, List<Interfaces.Interface> links, int top) {
        Box row =
                new Box(
                        box.x() + scale.padding,
                        box.y() + top,
                        box.width() - 2 * scale.padding,
                        scale.barHeight);
        List<Shape.Block> bars = new ArrayList<>();
        for (int i = 0; i < links.size(); i++) {
            bars.add(
                    Bars.of(
                            scale,
                            kind,
                            links.get(i),
                            new Port(node.netns().location(), links.get(i).name()),
                            row.part(i, links.size(), scale.gap)));
        }
        return bars;
    }

    private void routes() {
        Box place =
                new Box(
                        box.x() + scale.padding,
                        box.y() + tiers.routesTop(),
                        box.width() - 2 * scale.padding,
                        tiers.routesHeight());
        List<Route> routes = node.netns().routes();
        shapes.add(
                new Shape.Block(
                        Shape.Kind.ROUTES,
                        place,
                        RouteLines.of(node.netns(), scale.routes, place.width() - 16),
                        Optional.empty(),
                        routes.isEmpty(),
                        String.join("\n", routes.stream().map(Route::toString).toList())));
    }

    private void tunnels() {
        if (!node.tunnels().isEmpty()) {
            shapes.addAll(bars(Shape.Kind.TUNNEL, node.tunnels(), tiers.tunnelTop()));
        } else if (tiers.tunnels()) {
            missing("no tunnel", tiers.tunnelTop());
        }
    }

    private void external() {
        if (node.external().isPresent()) {
            shapes.addAll(
                    bars(Shape.Kind.EXTERNAL, List.of(node.external().get()), tiers.externalTop()));
        } else {
            missing("no interface has " + node.node().internalIp(), tiers.externalTop());
        }
    }

    private void missing(String what, int top) {
        Box place =
                new Box(
                        box.x() + scale.padding,
                        box.y() + top,
                        box.width() - 2 * scale.padding,
                        scale.barHeight);
        shapes.add(
                new Shape.Block(
                        Shape.Kind.MISSING,
                        place,
                        List.of(Text.fitted(Text.Font.CODE, what, place.width() - 16)),
                        Optional.empty(),
                        true,
                        what));
    }
}
