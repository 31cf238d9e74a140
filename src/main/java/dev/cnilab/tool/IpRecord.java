package dev.cnilab.tool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;

/**
 * An object printed by {@code ip}, built as text and JSON at the same time, as iproute2 does, so
 * that both have the same content.
 */
final class IpRecord {

    private final StringBuilder text = new StringBuilder();
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    IpRecord field(String key, String before, String value, String after) {
        json.put(key, value);
        return text(before + value + after);
    }

    IpRecord field(String key, String before, long value, String after) {
        json.put(key, value);
        return text(before + value + after);
    }

    /** Appends to the text only. */
    IpRecord text(String more) {
        text.append(more);
        return this;
    }

    /** Returns the JSON object, for content that only JSON has. */
    ObjectNode json() {
        return json;
    }

    static void print(List<IpRecord> records, boolean asJson, PrintStream out) {
        if (asJson) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            records.forEach(shown -> array.add(shown.json));
            out.println(array);
        } else {
            records.forEach(shown -> out.print(shown.text));
        }
    }
}
