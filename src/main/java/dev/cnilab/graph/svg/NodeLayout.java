package dev.cnilab.graph.svg;

import dev.cnilab.cluster.Interfaces;
import dev.cnilab.graph.NodeNet;
import dev.cnilab.graph.NodeRoute;
import dev.cnilab.graph.Port;
import dev.cnilab.graph.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Draws a node: its pods above the bridge; routes, tunnel and external interface below it. */
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

    /** Returns the shapes in drawing order. */
    List<Shape> shapes() {
        frame();
        paths();
        List<Shape.Block> bridges = bars(Shape.Kind.BRIDGE, node.bridges(), tiers.bridgeTop());
        shapes.addAll(new PodLayout(topology, node, tiers, box).shapes(bridges));
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

    /** Draws the paths from the bridge through the routing table to tunnel and network. */
    private void paths() {
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

    /** Draws links side by side. */
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
        List<NodeRoute> routes = node.netns().routes();
        shapes.add(
                new Shape.Block(
                        Shape.Kind.ROUTES,
                        place,
                        RouteLines.of(node.netns(), scale.routes, place.width() - 16),
                        Optional.empty(),
                        routes.isEmpty(),
                        String.join("\n", routes.stream().map(NodeRoute::toString).toList())));
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
