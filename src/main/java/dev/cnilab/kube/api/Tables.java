package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import java.time.Instant;
import java.util.List;

/** Prints objects as {@code Table} of meta.k8s.io/v1, which kubectl requests. */
final class Tables {
    private Tables() {}

    static ObjectNode of(
            ResourceType type, List<ObjectNode> objects, ObjectNode metadata, Instant now) {
        ObjectNode table = JsonNodeFactory.instance.objectNode();
        table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1").set("metadata", metadata);
        List<Column> columns = Columns.of(type);
        ArrayNode definitions = table.putArray("columnDefinitions");
        for (Column column : columns) {
            definitions
                    .addObject()
                    .put("name", column.name())
                    .put("type", "string")
                    .put("format", column.name().equals("Name") ? "name" : "")
                    .put("description", "")
                    .put("priority", column.wide() ? 1 : 0);
        }
        ArrayNode rows = table.putArray("rows");
        for (ObjectNode object : objects) {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            columns.forEach(column -> cells.add(column.cell().print(object, now)));
            row.set("object", metadataOnly(object));
        }
        return table;
    }

    static ObjectNode metadataOnly(ObjectNode object) {
        ObjectNode partial = JsonNodeFactory.instance.objectNode();
        partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        return partial.set("metadata", object.path("metadata"));
    }
}
