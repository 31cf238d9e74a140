package dev.cnilab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.cli.render.Console;
import java.io.IOException;
import picocli.CommandLine.Option;

/** {@code -o}: text or JSON output. */
final class OutputOption {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The output formats. */
    enum Format {
        text,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    Format format = Format.text;

    boolean json() {
        return format == Format.json;
    }

    /** With its line break. */
    static String text(JsonNode document) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }

    static void print(Console console, JsonNode document) throws IOException {
        console.out().print(text(document));
    }
}
