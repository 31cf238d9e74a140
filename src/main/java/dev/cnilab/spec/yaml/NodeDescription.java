package dev.cnilab.spec.yaml;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Describes a node for messages about an unexpected one. */
final class NodeDescription {

    private static final int LONGEST = 60;

    private NodeDescription() {}

    static String describe(Node node) {
        return switch (node) {
            case MappingNode _ -> "a mapping";
            case SequenceNode _ -> "a list";
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
            case ScalarNode scalar -> quoted(scalar.getValue());
            default -> "an alias";
        };
    }

    /** Quotes text, cut to one line. */
    static String quoted(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return "'" + cut.replaceAll("\\p{Cntrl}+", " ") + "'";
    }
}
