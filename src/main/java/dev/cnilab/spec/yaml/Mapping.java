package dev.cnilab.spec.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The entries of a mapping node, whose keys are plain and distinct. */
record Mapping(Map<String, NodeTuple> entries) {

    static Optional<Mapping> of(Node node, String path, Problems problems) {
        if (!(node instanceof MappingNode mapping)) {
            String message = "expected a mapping, found " + NodeDescription.describe(node);
            problems.add(node.getStartMark(), path, message, "");
            return Optional.empty();
        }
        problems.remember(path, node.getStartMark());
        Map<String, NodeTuple> entries = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                String message = "a key is " + NodeDescription.describe(entry.getKeyNode());
                problems.add(entry.getKeyNode().getStartMark(), path, message, "");
                continue;
            }
            NodeTuple first = entries.putIfAbsent(key.getValue(), entry);
            if (first != null) {
                int line = first.getKeyNode().getStartMark().getLine() + 1;
                problems.add(
                        key.getStartMark(),
                        child(path, key.getValue()),
                        "duplicate key " + NodeDescription.quoted(key.getValue()),
                        "it is already defined in line " + line);
            }
        }
        return Optional.of(new Mapping(entries));
    }

    /** Returns the path of a key's value. */
    static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
