package dev.cnilab.graph.svg;

import dev.cnilab.graph.Port;
import java.util.List;
import java.util.Optional;

/** A shape of the picture. */
sealed interface Shape {

    /** What a shape represents; the style sheet assigns its colours. */
    enum Kind {
        NODE,
        POD,
        BRIDGE,
        ROUTES,
        TUNNEL,
        EXTERNAL,
        NETWORK,
        /** Something expected that was not found. */
        MISSING,
        VETH,
        /** A path between parts of a node. */
        WAY,
        /** A path between tunnels, through the network. */
        TUNNELLED
    }

    /**
     * A rectangle with text.
     *
     * @param lines from its top
     * @param port the interface that it represents
     * @param title its tooltip
     */
    record Block(
            Kind kind, Box box, List<Text> lines, Optional<Port> port, boolean down, String title)
            implements Shape {

        public Block {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A line through points.
     *
     * @param xy x and y of each point in turn
     * @param port the interface that it represents: of a veth pair, the end in the node or outside
     */
    record Wire(Kind kind, List<Integer> xy, Optional<Port> port, String title) implements Shape {

        public Wire {
            xy = List.copyOf(xy);
        }
    }

    /**
     * Text without a box.
     *
     * @param x of its left edge
     * @param y of its baseline
     */
    record Label(Text text, int x, int y) implements Shape {}
}
