package dev.cnilab.graph.svg;

import dev.cnilab.graph.NodeNet;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Vertical positions shared by the nodes of one row, so that corresponding parts are aligned.
 *
 * @param podColumns pods side by side
 * @param podRows rows of them
 * @param routeLines lines of the routing table
 * @param bridges whether any node has one
 * @param tunnels whether any node has one
 */
record Tiers(
        Scale scale,
        int podColumns,
        int podRows,
        int routeLines,
        boolean bridges,
        boolean tunnels) {

    private static final int MOST_POD_COLUMNS = 2;
    private static final int BAR_WIDTH = 292;

    static final int ROUTE_LINE = 16;

    /** Space in which the wires of upper rows of pods pass the lower ones, in pixels. */
    static final int GUTTER = 16;

    /**
     * Computes the positions.
     *
     * @param row the nodes of one row
     * @param all nodes of the picture, which share the width of columns
     */
    static Tiers of(Scale scale, List<NodeNet> row, List<NodeNet> all) {
        int mostPods = most(all, node -> node.pods().size());
        int columns = scale == Scale.FULL ? Math.clamp(mostPods, 1, MOST_POD_COLUMNS) : 1;
        return new Tiers(
                scale,
                columns,
                Math.ceilDiv(most(row, node -> node.pods().size()), columns),
                scale.routes == 0
                        ? 1
                        : Math.clamp(
                                most(row, node -> node.netns().routes().size()),
                                1,
                                scale.routes + 1),
                row.stream().anyMatch(node -> !node.bridges().isEmpty()),
                all.stream().anyMatch(node -> !node.tunnels().isEmpty()));
    }

    private static int most(List<NodeNet> nodes, ToIntFunction<NodeNet> count) {
        return nodes.stream().mapToInt(count).max().orElse(0);
    }

    int width() {
        int pods = podColumns * (scale.podWidth + GUTTER) + (podColumns - 1) * (scale.gap - GUTTER);
        int bar = scale == Scale.FULL ? BAR_WIDTH : scale.podWidth;
        return Math.max(pods, bar) + 2 * scale.padding;
    }

    int height() {
        return externalTop() + scale.barHeight + scale.padding;
    }

    /** Offset from the node's upper edge in pixels, as for all methods below. */
    int bridgeTop() {
        return scale.titleHeight + podRows * (scale.podHeight + scale.gap);
    }

    int routesTop() {
        return bridgeTop() + (bridges ? scale.barHeight + scale.gap : 0);
    }

    int routesHeight() {
        return routeLines * ROUTE_LINE + 10;
    }

    int tunnelTop() {
        return routesTop() + routesHeight() + scale.gap;
    }

    int externalTop() {
        return tunnelTop() + (tunnels ? scale.barHeight + scale.gap : 0);
    }
}
