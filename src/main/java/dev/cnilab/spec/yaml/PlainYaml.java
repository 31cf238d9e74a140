package dev.cnilab.spec.yaml;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML without a schema of ours, such as Kubernetes objects. */
public final class PlainYaml {

    private static final JsonMapper JSON = new JsonMapper();

    /** Limits the expansion of aliases. */
    private static final int MOST_ALIASES = 10;

    private PlainYaml() {}

    /**
     * A document that is a mapping.
     *
     * @param problems has the position of each value
     */
    public record Document(ObjectNode content, Problems problems) {}

    /**
     * Parses each document to a JSON object; empty documents are left out.
     *
     * @throws IllegalArgumentException with the position of invalid YAML, or of a document that is
     *     not a mapping
     */
    public static List<ObjectNode> objects(String text) {
        Problems problems = new Problems("YAML");
        List<Document> documents = documents(text, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.all().getFirst().toString());
        }
        return documents.stream().map(Document::content).toList();
    }

    /**
     * Parses each document; empty ones are left out.
     *
     * @param problems of the text's file; receives all problems
     */
    public static List<Document> documents(String text, Problems problems) {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(YamlDocument.LARGEST);
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        List<Document> documents = new ArrayList<>();
        for (Node node : YamlDocument.compose(text, limits, problems)) {
            if (!node.getTag().equals(Tag.NULL)) {
                document(node, limits, problems.in(problems.file())).ifPresent(documents::add);
            }
        }
        return documents;
    }

    private static Optional<Document> document(Node node, LoaderOptions limits, Problems problems) {
        if (!(node instanceof MappingNode)) {
            String found = NodeDescription.describe(node);
            problems.add(node.getStartMark(), "", "expected a mapping, found " + found, "");
            return Optional.empty();
        }
        if (!remember(node, "", problems, new IdentityHashMap<>())) {
            return Optional.empty();
        }
        try {
            ObjectNode content = JSON.valueToTree(new Values(limits).of(node));
            return Optional.of(new Document(content, problems));
        } catch (MarkedYAMLException e) {
            problems.add(e.getProblemMark(), "", String.valueOf(e.getProblem()), "");
        } catch (YAMLException | IllegalArgumentException e) {
            problems.add(node.getStartMark(), "", String.valueOf(e.getMessage()), "");
        }
        return Optional.empty();
    }

    /**
     * Remembers the positions in a value; those in an alias are in its anchor.
     *
     * @param known values, true for those that this one is in
     * @return false if a value contains itself, which is a problem
     */
    private static boolean remember(
            Node node, String path, Problems problems, Map<Node, Boolean> known) {
        problems.remember(path, node.getStartMark());
        Boolean around = known.putIfAbsent(node, true);
        if (around != null) {
            if (around) {
                problems.add(node.getStartMark(), path, "a value contains itself", "");
            }
            return !around;
        }
        boolean finite = true;
        switch (node) {
            case MappingNode mapping -> {
                for (NodeTuple entry : mapping.getValue()) {
                    String key = entry.getKeyNode() instanceof ScalarNode k ? k.getValue() : "?";
                    Node value = entry.getValueNode();
                    finite &= remember(value, Mapping.child(path, key), problems, known);
                }
            }
            case SequenceNode list -> {
                for (int i = 0; i < list.getValue().size(); i++) {
                    Node item = list.getValue().get(i);
                    finite &= remember(item, path + "[" + i + "]", problems, known);
                }
            }
            default -> {}
        }
        known.put(node, false);
        return finite;
    }

    /** Constructs plain values from nodes. */
    private static final class Values extends SafeConstructor {

        Values(LoaderOptions limits) {
            super(limits);
            setAllowDuplicateKeys(false);
        }

        Object of(Node node) {
            return constructDocument(node);
        }
    }
}
