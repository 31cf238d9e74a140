package dev.cnilab.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.spec.yaml.Schema;
import java.util.Optional;

/** Generates the JSON Schema (draft 2020-12) of lab files from the schemas that read them. */
public final class LabJsonSchema {

    private LabJsonSchema() {}

    /** Returns the schema of lab files, indented by two spaces, with a line break at its end. */
    public static String text() {
        return text(
                "A lab, " + LabSpec.API_VERSION,
                LabSchema.lab(new ManifestFolder(Optional.empty())::find, false));
    }

    /** Returns the schema of walkthrough files in the same format. */
    public static String walkthrough() {
        return text("A lab's walkthrough", WalkthroughSchemas.walkthrough());
    }

    private static String text(String title, Schema<?> schema) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", title);
        root.setAll(schema.schema());
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(lines);
        try {
            return new JsonMapper().writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a JSON tree cannot fail", e);
        }
    }
}
