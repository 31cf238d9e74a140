package dev.cnilab.graph.svg;

import dev.cnilab.graph.Topology;
import java.util.List;

/**
 * Where everything goes, in pixels.
 *
 * @param shapes in the order in which they are drawn
 */
record Layout(int width, int height, List<Shape> shapes) {

    Layout {
        shapes = List.copyOf(shapes);
    }

    static Layout of(Topology topology) {
        return new Grid(topology).layout();
    }
}
