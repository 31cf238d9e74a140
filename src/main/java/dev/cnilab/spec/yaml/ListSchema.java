package dev.cnilab.spec.yaml;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A list.
 *
 * @param least minimum number of items, 0 or more
 */
public record ListSchema<T>(Schema<T> item, int least) implements Schema<List<T>> {

    @Override
    public Optional<List<T>> read(Node node, String path, Problems problems) {
        if (!(node instanceof SequenceNode sequence)) {
            String message = "expected a list, found " + NodeDescription.describe(node);
            problems.add(node.getStartMark(), path, message, "");
            return Optional.empty();
        }
        List<Node> nodes = sequence.getValue();
        if (nodes.size() < least) {
            problems.add(node.getStartMark(), path, "expected at least " + least + " of them", "");
            return Optional.empty();
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            String child = path + "[" + i + "]";
            problems.remember(child, nodes.get(i).getStartMark());
            item.read(nodes.get(i), child, problems).ifPresent(items::add);
        }
        return items.size() == nodes.size() ? Optional.of(items) : Optional.empty();
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
        schema.set("items", item.schema());
        return least == 0 ? schema : schema.put("minItems", least);
    }
}
