package dev.cnilab.cluster;

import java.util.List;

/**
 * Objects as the API server prints them for people (meta.k8s.io/v1 Table), which is what kubectl
 * shows.
 */
public record ObjectTable(List<Column> columns, List<Row> rows) {

    /**
     * @param wide whether kubectl shows it with {@code -o wide} only
     */
    public record Column(String name, boolean wide) {}

    /**
     * @param namespace empty for objects of the whole cluster
     * @param cells a text for each column
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
