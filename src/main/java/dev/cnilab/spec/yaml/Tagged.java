package dev.cnilab.spec.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A mapping in which one key determines the schema of the others. The choices' schemas declare that
 * key, too.
 *
 * @param key its name
 * @param choices by that key's value, in order
 */
public record Tagged<T>(String key, List<Map.Entry<String, ? extends Schema<? extends T>>> choices)
        implements Schema<T> {

    @Override
    public Optional<T> read(Node node, String path, Problems problems) {
        Optional<Mapping> mapping = Mapping.of(node, path, problems);
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        List<String> tags = new ArrayList<>();
        NodeTuple tag = mapping.get().entries().get(key);
        for (var choice : choices) {
            tags.add(choice.getKey());
            if (tag != null
                    && tag.getValueNode() instanceof ScalarNode scalar
                    && scalar.getValue().equals(choice.getKey())) {
                return choice.getValue().read(node, path, problems).map(v -> v);
            }
        }
        if (tag == null) {
            problems.add(
                    node.getStartMark(),
                    path,
                    "missing key '" + key + "'",
                    "one of " + String.join(", ", tags));
        } else {
            problems.remember(Mapping.child(path, key), tag.getValueNode().getStartMark());
            Scalar.choice(tags, text -> text)
                    .read(tag.getValueNode(), Mapping.child(path, key), problems);
        }
        return Optional.empty();
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        ArrayNode alternatives = schema.putArray("oneOf");
        choices.forEach(choice -> alternatives.add(choice.getValue().schema()));
        return schema;
    }
}
