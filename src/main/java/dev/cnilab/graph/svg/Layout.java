package dev.cnilab.graph.svg;

import dev.cnilab.graph.Topology;
import java.util.List;

/**
 * The positions of all shapes, in pixels.
 *
 * @param shapes in drawing order
 */
record Layout(int width, int height, List<Shape> shapes) {

    Layout {
        shapes = List.copyOf(shapes);
    }

    static Layout of(Topology topology) {
        return new Grid(topology).layout();
    }
}
