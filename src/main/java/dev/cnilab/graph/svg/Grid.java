package dev.cnilab.graph.svg;

import dev.cnilab.cluster.Interfaces;
import dev.cnilab.cluster.Place;
import dev.cnilab.graph.NodeNet;
import dev.cnilab.graph.Port;
import dev.cnilab.graph.Topology;
import dev.cnilab.graph.Veth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws the nodes in rows, with the bridge that connects them below each row; a trunk on the left
 * joins the bridges of all rows, another one on the right the paths between their tunnels.
 */
final class Grid {

    private static final int MARGIN = 20;
    private static final int HEADING = 56;

    /** Space on both sides for the trunks. */
    private static final int TRUNK = 22;

    private final Topology topology;
    private final Scale scale;
    private final int columns;
    private final boolean trunks;
    private final List<Shape> wires = new ArrayList<>();
    private final List<Shape> blocks = new ArrayList<>();
    private int y = HEADING;
    private int width;

    Grid(Topology topology) {
        this.topology = topology;
        this.scale = Scale.of(topology.nodes().size());
        this.columns = scale.columns(topology.nodes().size());
        this.trunks = topology.nodes().size() > columns;
    }

    Layout layout() {
        List<NodeNet> nodes = topology.nodes();
        List<Box> networks = new ArrayList<>();
        List<Integer> tunnels = new ArrayList<>();
        for (int from = 0; from < nodes.size(); from += columns) {
            List<NodeNet> row = nodes.subList(from, Math.min(nodes.size(), from + columns));
            Tiers tiers = Tiers.of(scale, row, nodes);
            tunnels.add(y + tiers.tunnelTop() + scale.barHeight / 2);
            networks.add(row(row, tiers));
            if (tiers.tunnels()) {
                tunnelled(row.size(), tiers, tunnels.getLast());
            }
        }
        if (trunks) {
            trunk(Shape.Kind.NETWORK, networks.stream().map(Box::centerY).toList(), MARGIN);
        }
        if (trunks && nodes.stream().anyMatch(node -> !node.tunnels().isEmpty())) {
            trunk(Shape.Kind.TUNNELLED, tunnels, width - MARGIN);
        }
        List<Shape> shapes = new ArrayList<>();
        heading().forEach(shapes::add);
        shapes.addAll(wires);
        shapes.addAll(blocks);
        return new Layout(width, y - scale.rowGap + MARGIN, shapes);
    }

    private int left() {
        return MARGIN + (trunks ? TRUNK : 0);
    }

    private List<Shape> heading() {
        int pods = topology.nodes().stream().mapToInt(node -> node.pods().size()).sum();
        return List.of(
                new Shape.Label(
                        Text.fitted(Text.Font.HEADING, topology.lab(), width - 2 * MARGIN),
                        MARGIN,
                        26),
                new Shape.Label(
                        Text.fitted(
                                Text.Font.SMALL,
                                "tunnel: %s · %s · %s"
                                        .formatted(
                                                topology.driver(),
                                                count(topology.nodes().size(), "node"),
                                                count(pods, "pod")),
                                width - 2 * MARGIN),
                        MARGIN,
                        44));
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private Box row(List<NodeNet> row, Tiers tiers) {
        int step = tiers.width() + scale.columnGap;
        Box network =
                new Box(
                        left(),
                        y + tiers.height() + scale.drop,
                        columns * step - scale.columnGap,
                        scale.barHeight);
        width = network.right() + left();
        for (int i = 0; i < row.size(); i++) {
            NodeLayout node = new NodeLayout(topology, row.get(i), tiers, left() + i * step, y);
            blocks.addAll(node.shapes());
            drop(
                    row.get(i),
                    left() + i * step + tiers.width() / 2,
                    y + tiers.height() - scale.padding,
                    network.y());
        }
        blocks.add(network(network));
        y = network.bottom() + scale.rowGap;
        return network;
    }

    /** Draws the line from a node's interface to the network. */
    private void drop(NodeNet node, int x, int top, int bottom) {
        Optional<Interfaces.Interface> external = node.external();
        if (external.isEmpty()) {
            return;
        }
        Optional<Veth> pair =
                topology.veth(new Port(node.netns().location(), external.get().name()));
        String outer = pair.map(veth -> veth.outer().link()).orElse("");
        blocks.add(
                new Shape.Wire(
                        Shape.Kind.VETH,
                        List.of(x, top, x, bottom),
                        pair.map(Veth::outer),
                        outer.isEmpty()
                                ? ""
                                : "veth: "
                                        + node.node().name()
                                        + " "
                                        + external.get().name()
                                        + " and outside "
                                        + outer));
        if (scale == Scale.FULL && !outer.isEmpty()) {
            blocks.add(new Shape.Label(new Text(Text.Font.CODE_SMALL, outer), x + 7, bottom - 12));
        }
    }

    private Shape.Block network(Box place) {
        Optional<Interfaces.Interface> bridge = topology.segment();
        if (bridge.isPresent()) {
            return Bars.of(
                    scale,
                    Shape.Kind.NETWORK,
                    bridge.get(),
                    new Port(new Place.Outside(), bridge.get().name()),
                    place);
        }
        String problem = topology.outside().problem();
        return new Shape.Block(
                Shape.Kind.NETWORK,
                place,
                List.of(new Text(Text.Font.SMALL, "the network of the nodes")),
                Optional.empty(),
                false,
                problem.isEmpty() ? "the bridge that joins the nodes was not found" : problem);
    }

    /**
     * Draws the paths between tunnels, which are no links of their own: dashed, in the gaps between
     * the nodes.
     */
    private void tunnelled(int nodes, Tiers tiers, int lineY) {
        int end = trunks ? width - MARGIN : left() + (nodes - 1) * step(tiers);
        if (nodes > 1 || trunks) {
            wires.add(
                    new Shape.Wire(
                            Shape.Kind.TUNNELLED,
                            List.of(left() + tiers.width(), lineY, end, lineY),
                            Optional.empty(),
                            "what goes from tunnel to tunnel"
                                    + topology.tunnel()
                                            .map(each ->
                                                    ": %s, protocol %d"
                                                            .formatted(
                                                                    each.encapsulation(),
                                                                    each.protocol()))
                                            .orElse("")));
        }
        if (scale == Scale.FULL && nodes > 1) {
            topology.tunnel()
                    .map(each -> new Text(Text.Font.CODE_SMALL, "proto " + each.protocol()))
                    .map(text -> new Shape.Label(text, left() + tiers.width() + 6, lineY - 8))
                    .ifPresent(wires::add);
        }
    }

    private int step(Tiers tiers) {
        return tiers.width() + scale.columnGap;
    }

    private void trunk(Shape.Kind kind, List<Integer> heights, int x) {
        List<Integer> xy = new ArrayList<>(List.of(x, heights.getFirst(), x, heights.getLast()));
        wires.add(new Shape.Wire(kind, xy, Optional.empty(), ""));
        if (kind == Shape.Kind.NETWORK) {
            heights.forEach(height ->
                    wires.add(
                            new Shape.Wire(
                                    kind,
                                    List.of(x, height, left(), height),
                                    Optional.empty(),
                                    "")));
        }
    }
}
