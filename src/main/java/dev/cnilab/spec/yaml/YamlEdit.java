package dev.cnilab.spec.yaml;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Changes values of a YAML document and keeps everything else, including comments. */
public final class YamlEdit {

    private final MappingNode document;

    /**
     * Parses a document.
     *
     * @param text a mapping that has been read without problems
     */
    public YamlEdit(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        Composer composer =
                new Composer(
                        new ParserImpl(new StreamReader(text), options),
                        new CoreResolver(),
                        options);
        this.document = (MappingNode) composer.getSingleNode();
    }

    /**
     * Sets a value.
     *
     * @param path of keys; the mappings above the last one exist
     */
    public void set(String value, String... path) {
        set(new ScalarNode(Tag.STR, value, null, null, ScalarStyle.DOUBLE_QUOTED), path);
    }

    /**
     * Sets a value.
     *
     * @param path of keys; the mappings above the last one exist
     */
    public void set(boolean value, String... path) {
        String text = String.valueOf(value);
        set(new ScalarNode(Tag.BOOL, text, null, null, ScalarStyle.PLAIN), path);
    }

    private void set(ScalarNode value, String[] path) {
        put(parent(path), path[path.length - 1], value);
    }

    /** Returns the items of an existing list of the document. */
    public List<Item> list(String key) {
        return ((SequenceNode) find(document, key).orElseThrow())
                .getValue().stream().map(node -> new Item((MappingNode) node)).toList();
    }

    /** Replaces the items of a list of the document. */
    public void setList(String key, List<Item> items) {
        SequenceNode list = (SequenceNode) find(document, key).orElseThrow();
        list.getValue().clear();
        items.forEach(item -> list.getValue().add(item.node));
    }

    /** A mapping in a list. */
    public static final class Item {

        private final MappingNode node;

        private Item(MappingNode node) {
            this.node = node;
        }

        /** Creates a mapping with a single key. */
        public static Item of(String key, String value) {
            List<NodeTuple> tuples =
                    new ArrayList<>(List.of(new NodeTuple(plain(key), plain(value))));
            return new Item(new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK));
        }

        /** Returns the text of a key's value; empty without that key. */
        public String value(String key) {
            return find(node, key).map(found -> ((ScalarNode) found).getValue()).orElse("");
        }
    }

    /** Returns the changed document. */
    public String text() {
        DumperOptions options = new DumperOptions();
        options.setProcessComments(true);
        options.setSplitLines(false);
        StringWriter text = new StringWriter();
        new Yaml(options).serialize(document, text);
        return text.toString();
    }

    private MappingNode parent(String[] path) {
        MappingNode at = document;
        for (int i = 0; i < path.length - 1; i++) {
            at = (MappingNode) find(at, path[i]).orElseThrow();
        }
        return at;
    }

    private static void put(MappingNode mapping, String key, Node value) {
        List<NodeTuple> tuples = mapping.getValue();
        for (int i = 0; i < tuples.size(); i++) {
            if (isKey(tuples.get(i), key)) {
                tuples.set(i, new NodeTuple(tuples.get(i).getKeyNode(), value));
                return;
            }
        }
        tuples.add(new NodeTuple(plain(key), value));
    }

    private static Optional<Node> find(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> isKey(tuple, key))
                .findFirst()
                .map(NodeTuple::getValueNode);
    }

    private static boolean isKey(NodeTuple tuple, String key) {
        return tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key);
    }

    private static ScalarNode plain(String value) {
        return new ScalarNode(Tag.STR, value, null, null, ScalarStyle.PLAIN);
    }
}
