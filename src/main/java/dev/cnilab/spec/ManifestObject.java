package dev.cnilab.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.spec.yaml.PlainYaml;
import dev.cnilab.spec.yaml.Problems;
import java.util.List;

/**
 * A Kubernetes object of a manifest, whose problems are located in the manifest's file.
 *
 * @param content has {@code apiVersion}, {@code kind} and {@code metadata.name}
 */
public record ManifestObject(ObjectNode content, Problems problems) {

    private static final List<String> REQUIRED = List.of("apiVersion", "kind", "metadata.name");

    /**
     * Parses a manifest, whose variables are filled in.
     *
     * @param problems receives those of the YAML, and of documents that are no Kubernetes object
     */
    static List<ManifestObject> read(String manifest, Problems problems) {
        return PlainYaml.documents(manifest, problems).stream()
                .map(document -> new ManifestObject(document.content(), document.problems()))
                .filter(ManifestObject::isObject)
                .toList();
    }

    /**
     * Reports a problem.
     *
     * @param path of the value: {@code spec.containers[0].image}
     */
    public void problem(String path, String message, String hint) {
        problems.at(path, message, hint);
    }

    private boolean isObject() {
        List<String> missing = REQUIRED.stream().filter(path -> text(path).isEmpty()).toList();
        missing.forEach(path -> problem("", "missing key '" + path + "'", "every object has one"));
        return missing.isEmpty();
    }

    private String text(String path) {
        return content.at("/" + path.replace('.', '/')).asText();
    }
}
