package dev.cnilab.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Objects as a table printed by the API server (meta.k8s.io/v1 Table), as kubectl shows them. */
public record ObjectTable(List<Column> columns, List<Row> rows) {

    /**
     * @param wide whether kubectl shows it with {@code -o wide} only
     */
    public record Column(String name, boolean wide) {}

    /**
     * @param namespace empty for cluster-scoped objects
     * @param cells one per column; the first is its name
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

    /** The same rows in the order of these pods; others last. */
    public ObjectTable inOrderOf(List<Pod> pods) {
        List<String> ids = pods.stream().map(pod -> pod.namespace() + "/" + pod.name()).toList();
        List<Row> ordered = new ArrayList<>(rows);
        ordered.sort(
                Comparator.comparingInt(row -> {
                    int index = ids.indexOf(row.namespace() + "/" + row.cells().getFirst());
                    return index < 0 ? ids.size() : index;
                }));
        return new ObjectTable(columns, ordered);
    }
}
