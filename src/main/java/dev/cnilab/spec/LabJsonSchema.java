package dev.cnilab.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.spec.yaml.Schema;
import java.util.Optional;

/** The JSON Schema (draft 2020-12) of a lab's files, made from the shapes that read it. */
public final class LabJsonSchema {

    private LabJsonSchema() {}

    /** Indented by two spaces, with a line break at its end. */
    public static String text() {
        return text(
                "A lab, " + LabSpec.API_VERSION,
                LabSchema.lab(new ManifestFolder(Optional.empty())::find, false));
    }

    /** The same of a walkthrough's file. */
    public static String walkthrough() {
        return text("A lab's walkthrough", WalkthroughSchemas.walkthrough());
    }

    private static String text(String title, Schema<?> shape) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        schema.setAll(shape.schema());
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(lines);
        try {
            return new JsonMapper().writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema is always JSON", e);
        }
    }
}
