package dev.cnilab.spec.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Parses YAML text to nodes with positions. Tags never create Java objects. */
public final class YamlDocument {

    /** Limits a file's size in octets and the number of parsed characters. */
    public static final int LARGEST = 1 << 20;

    private static final int DEEPEST = 40;
    private static final int MOST_ALIASES = 50;

    private YamlDocument() {}

    /**
     * Reads a text's only document with a schema.
     *
     * @return empty when problems were found
     */
    public static <T> Optional<T> read(String text, Schema<T> schema, Problems problems) {
        List<Node> nodes = compose(text, limits(), problems);
        if (nodes.size() == 1) {
            return schema.read(nodes.getFirst(), "", problems);
        }
        if (problems.isEmpty()) {
            problems.at(
                    "",
                    nodes.isEmpty() ? "the file is empty" : "more than one YAML document",
                    "a file describes one lab");
        }
        return Optional.empty();
    }

    /**
     * Parses all documents of a text.
     *
     * @return empty when a problem was added
     */
    static List<Node> compose(String text, LoaderOptions limits, Problems problems) {
        List<Node> documents = new ArrayList<>();
        try {
            Composer composer =
                    new Composer(
                            new ParserImpl(new StreamReader(text), limits),
                            new CoreResolver(),
                            limits);
            while (composer.checkNode()) {
                documents.add(composer.getNode());
            }
            return documents;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String problem = e.getProblem() == null ? "not YAML" : e.getProblem();
            problems.add(mark, "", oneLine(problem), hint(text, mark));
        } catch (YAMLException e) {
            problems.add(null, "", oneLine(String.valueOf(e.getMessage())), "");
        }
        return List.of();
    }

    private static LoaderOptions limits() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LARGEST);
        limits.setNestingDepthLimit(DEEPEST);
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        return limits;
    }

    private static String hint(String text, @Nullable Mark mark) {
        if (mark == null) {
            return "";
        }
        String line = text.lines().skip(mark.getLine()).findFirst().orElse("");
        return line.stripLeading().length() < line.length() && line.contains("\t")
                        || line.startsWith("\t")
                ? "YAML is indented by spaces, not by tabs"
                : "";
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s+", " ").strip();
    }
}
