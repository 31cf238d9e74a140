package dev.cnilab.kube.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of {@code metadata.managedFields}: the fields that a manager applied.
 *
 * @param subresource "" for the object itself
 * @param time RFC 3339, of the last apply that changed the fields
 */
record ManagedFields(
        String manager, String subresource, String apiVersion, String time, FieldSet fields) {

    static List<ManagedFields> read(JsonNode object) {
        List<ManagedFields> entries = new ArrayList<>();
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            entries.add(
                    new ManagedFields(
                            entry.path("manager").asText(),
                            entry.path("subresource").asText(),
                            entry.path("apiVersion").asText(),
                            entry.path("time").asText(),
                            FieldSet.fromTree(entry.path("fieldsV1"))));
        }
        return entries;
    }

    static ArrayNode write(List<ManagedFields> entries) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (ManagedFields entry : entries) {
            var node = array.addObject().put("manager", entry.manager).put("operation", "Apply");
            node.put("apiVersion", entry.apiVersion).put("time", entry.time);
            node.put("fieldsType", "FieldsV1").set("fieldsV1", entry.fields.toTree());
            if (!entry.subresource.isEmpty()) {
                node.put("subresource", entry.subresource);
            }
        }
        return array;
    }

    boolean of(ApplyRequest request) {
        return manager.equals(request.manager()) && subresource.equals(request.subresource());
    }

    ManagedFields with(FieldSet other) {
        return new ManagedFields(manager, subresource, apiVersion, time, other);
    }
}
