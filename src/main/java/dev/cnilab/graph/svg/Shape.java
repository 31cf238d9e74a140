package dev.cnilab.graph.svg;

import dev.cnilab.graph.Port;
import java.util.List;
import java.util.Optional;

/** Something drawn. */
sealed interface Shape {

    /** What a shape stands for; the style sheet gives each its colours. */
    enum Kind {
        NODE,
        POD,
        BRIDGE,
        ROUTES,
        TUNNEL,
        EXTERNAL,
        NETWORK,
        /** What should be there and is not. */
        MISSING,
        VETH,
        /** From one part of a node to the next. */
        WAY,
        /** From tunnel to tunnel, through the network. */
        TUNNELLED
    }

    /**
     * A rectangle with text in it.
     *
     * @param lines from its top
     * @param port the interface that it stands for
     * @param title what is shown where the pointer rests
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
     * @param port the interface that it stands for: of a veth pair, the end in the node or outside
     */
    record Wire(Kind kind, List<Integer> xy, Optional<Port> port, String title) implements Shape {

        public Wire {
            xy = List.copyOf(xy);
        }
    }

    /**
     * Text by itself.
     *
     * @param x of its left edge
     * @param y of its baseline
     */
    record Label(Text text, int x, int y) implements Shape {}
}
