package dev.cnilab.graph.svg;

import dev.cnilab.graph.Markup;
import dev.cnilab.graph.Port;
import dev.cnilab.graph.Resource;
import dev.cnilab.graph.Topology;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws a topology as an SVG image that follows the viewer's light or dark mode. Elements that
 * represent an interface have its identifier in {@code data-port}.
 */
public final class SvgDrawing {

    private static final int CORNER = 6;
    private static final int NODE_CORNER = 10;
    private static final int TEXT_INDENT = 8;

    private SvgDrawing() {}

    /** Returns a complete SVG file. */
    public static String of(Topology topology) {
        return draw(topology, Resource.text("graph.css")) + "\n";
    }

    /** Returns the image without its style sheet, for a page that includes that already. */
    public static String inline(Topology topology) {
        return draw(topology, "");
    }

    private static String draw(Topology topology, String style) {
        Layout layout = Layout.of(topology);
        Markup svg =
                new Markup()
                        .open(
                                "svg",
                                "xmlns",
                                "http://www.w3.org/2000/svg",
                                "class",
                                "graph",
                                "viewBox",
                                "0 0 " + layout.width() + " " + layout.height(),
                                "width",
                                layout.width(),
                                "height",
                                layout.height(),
                                "role",
                                "img")
                        .element("title", "The network of lab " + topology.lab())
                        .add(style.isEmpty() ? "" : "<style>" + style + "</style>")
                        .empty("rect", "class", "paper", "width", "100%", "height", "100%");
        layout.shapes().forEach(shape -> draw(shape, svg));
        return svg.close("svg").toString();
    }

    private static void draw(Shape shape, Markup svg) {
        switch (shape) {
            case Shape.Block block -> block(block, svg);
            case Shape.Wire wire -> wire(wire, svg);
            case Shape.Label label -> text(label.text(), label.x(), label.y(), "", svg);
        }
        svg.add("\n");
    }

    private static void block(Shape.Block block, Markup svg) {
        Box box = block.box();
        boolean node = block.kind() == Shape.Kind.NODE;
        svg.open(
                        "g",
                        "class",
                        name(block.kind()) + (block.down() ? " down" : ""),
                        "data-port",
                        block.port().map(Port::id).orElse(""))
                .element("title", block.title())
                .empty(
                        "rect",
                        "x",
                        box.x(),
                        "y",
                        box.y(),
                        "width",
                        box.width(),
                        "height",
                        box.height(),
                        "rx",
                        node ? NODE_CORNER : CORNER);
        int y = firstBaseline(block);
        for (Text line : block.lines()) {
            switch (block.kind()) {
                case NODE -> text(line, box.x() + 2 * TEXT_INDENT, y, "", svg);
                case ROUTES, NETWORK -> text(line, box.x() + TEXT_INDENT, y, "", svg);
                default -> text(line, box.centerX(), y, "middle", svg);
            }
            y += leading(block);
        }
        svg.close("g");
    }

    /** Positions a node's text at its top, all other text in the middle. */
    private static int firstBaseline(Shape.Block block) {
        if (block.kind() == Shape.Kind.NODE) {
            return block.box().y() + 8 + block.lines().getFirst().font().size;
        }
        int height = leading(block) * (block.lines().size() - 1);
        return block.box().centerY() - height / 2 + block.lines().getFirst().font().size / 3;
    }

    private static int leading(Shape.Block block) {
        return block.kind() == Shape.Kind.ROUTES ? Tiers.ROUTE_LINE : 18;
    }

    private static void text(Text line, int x, int y, String anchor, Markup svg) {
        boolean code = line.font() == Text.Font.CODE || line.font() == Text.Font.CODE_SMALL;
        svg.element(
                "text",
                line.text(),
                "class",
                name(line.font()),
                "x",
                x,
                "y",
                y,
                "text-anchor",
                anchor,
                "data-route",
                line.route(),
                "xml:space",
                code ? "preserve" : "");
    }

    private static void wire(Shape.Wire wire, Markup svg) {
        List<Integer> xy = wire.xy();
        String points =
                IntStream.range(0, xy.size() / 2)
                        .mapToObj(i -> xy.get(2 * i) + "," + xy.get(2 * i + 1))
                        .collect(Collectors.joining(" "));
        svg.open("g", "class", name(wire.kind()), "data-port", wire.port().map(Port::id).orElse(""))
                .element("title", wire.title())
                .empty("polyline", "points", points)
                .close("g");
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
