package dev.cnilab.graph.svg;

/** How much of each node is shown: all of it, or what fits where there are many. */
enum Scale {
    FULL(236, 66, 46, 28, 18, 60, 58, 40, 44, 8),
    COMPACT(200, 42, 26, 13, 12, 24, 46, 20, 28, 0);

    final int podWidth;
    final int podHeight;

    /** Of a bridge, a tunnel, an external interface. */
    final int barHeight;

    /** Between what is above another in a node. */
    final int gap;

    /** Inside of a node, at its sides and below. */
    final int padding;

    final int columnGap;
    final int titleHeight;

    /** From a node to the network below it. */
    final int drop;

    /** From the network to the next row of nodes. */
    final int rowGap;

    /** How many entries of a routing table are shown; 0 for their number alone. */
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

    /** Nodes side by side: rows as full as each other, and no wider than a screen. */
    int columns(int nodes) {
        int most = this == FULL ? 3 : 5;
        int rows = Math.max(1, Math.ceilDiv(nodes, most));
        return Math.max(1, Math.ceilDiv(nodes, rows));
    }
}
