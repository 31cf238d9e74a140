package dev.cnilab.spec.yaml;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/** Reads YAML without a schema of ours, such as Kubernetes objects. */
public final class PlainYaml {

    private static final JsonMapper JSON = new JsonMapper();

    /** Limits the expansion of aliases. */
    private static final int MOST_ALIASES = 10;

    private PlainYaml() {}

    /**
     * Parses each document to a JSON object; empty documents are left out.
     *
     * @throws IllegalArgumentException with the position of invalid YAML, or of a document that is
     *     not a mapping
     */
    public static List<ObjectNode> objects(String text) {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(YamlDocument.LARGEST);
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        limits.setAllowDuplicateKeys(false);
        DumperOptions unused = new DumperOptions();
        Yaml yaml =
                new Yaml(
                        new SafeConstructor(limits),
                        new Representer(unused),
                        unused,
                        limits,
                        new CoreResolver());
        List<ObjectNode> objects = new ArrayList<>();
        try {
            for (Object document : yaml.loadAll(text)) {
                if (document instanceof Map<?, ?>) {
                    objects.add(JSON.valueToTree(document));
                } else if (document != null) {
                    throw new IllegalArgumentException("a document is not a mapping");
                }
            }
        } catch (YAMLException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip(), e);
        }
        return objects;
    }
}
