package dev.cnilab.graph.svg;

/** The level of detail: everything of each node, or less when there are many. */
enum Scale {
    FULL(236, 66, 46, 28, 18, 60, 58, 40, 44, 8),
    COMPACT(200, 42, 26, 13, 12, 24, 46, 20, 28, 0);

    final int podWidth;
    final int podHeight;

    /** Height of a bridge, a tunnel or an external interface, in pixels. */
    final int barHeight;

    /** Vertical gap between the parts of a node, in pixels. */
    final int gap;

    /** Padding inside of a node, at its sides and bottom, in pixels. */
    final int padding;

    final int columnGap;
    final int titleHeight;

    /** Distance from a node to the network below it, in pixels. */
    final int drop;

    /** Distance from the network to the next row of nodes, in pixels. */
    final int rowGap;

    /** Maximum number of routing table entries; 0 for a summary. */
    final int routes;

    Scale(
            int podWidth,
            int podHeight,
            int barHeight,
            int gap,
            int padding,
            int columnGap,
            int titleHeight,
            int drop,
            int rowGap,
            int routes) {
        this.podWidth = podWidth;
        this.podHeight = podHeight;
        this.barHeight = barHeight;
        this.gap = gap;
        this.padding = padding;
        this.columnGap = columnGap;
        this.titleHeight = titleHeight;
        this.drop = drop;
        this.rowGap = rowGap;
        this.routes = routes;
    }

    static final int MOST_IN_FULL = 6;

    static Scale of(int nodes) {
        return nodes <= MOST_IN_FULL ? FULL : COMPACT;
    }

    /** Returns the number of nodes per row: balanced rows no wider than a screen. */
    int columns(int nodes) {
        int most = this == FULL ? 3 : 5;
        int rows = Math.max(1, Math.ceilDiv(nodes, most));
        return Math.max(1, Math.ceilDiv(nodes, rows));
    }
}
