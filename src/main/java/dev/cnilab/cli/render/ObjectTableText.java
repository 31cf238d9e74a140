package dev.cnilab.cli.render;

import dev.cnilab.cluster.ObjectTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Objects as kubectl prints them: the API server's own columns. */
public final class ObjectTableText {

    private ObjectTableText() {}

    /**
     * @param namespaces whether each object's comes first
     * @param shown which columns are
     */
    public static String of(
            ObjectTable table, boolean namespaces, Predicate<ObjectTable.Column> shown) {
        List<ObjectTable.Column> columns = table.columns();
        List<Integer> numbers =
                IntStream.range(0, columns.size())
                        .filter(column -> shown.test(columns.get(column)))
                        .boxed()
                        .toList();
        List<String> header = new ArrayList<>(namespaces ? List.of("NAMESPACE") : List.of());
        numbers.forEach(number -> header.add(columns.get(number).name().toUpperCase(Locale.ROOT)));
        TextTable text = new TextTable(header.toArray(String[]::new));
        for (ObjectTable.Row row : table.rows()) {
            List<Object> cells = new ArrayList<>(namespaces ? List.of(row.namespace()) : List.of());
            numbers.forEach(number -> cells.add(row.cells().get(number)));
            text.row(cells.toArray());
        }
        return text.toString();
    }
}
