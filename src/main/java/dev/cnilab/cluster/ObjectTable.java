package dev.cnilab.cluster;

import java.util.List;

/** Objects as a table printed by the API server (meta.k8s.io/v1 Table), as kubectl shows them. */
public record ObjectTable(List<Column> columns, List<Row> rows) {

    /**
     * @param wide whether kubectl shows it with {@code -o wide} only
     */
    public record Column(String name, boolean wide) {}

    /**
     * @param namespace empty for cluster-scoped objects
     * @param cells one per column
     */
    public record Row(String namespace, List<String> cells) {

        public Row {
            cells = List.copyOf(cells);
        }
    }

    public ObjectTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
