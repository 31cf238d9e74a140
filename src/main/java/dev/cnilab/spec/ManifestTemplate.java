package dev.cnilab.spec;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Kubernetes objects as YAML, with variables.
 *
 * @param name as in the lab file
 * @param file its path; a bundled manifest's name
 */
public record ManifestTemplate(String name, String file, Template template) {

    /** Whether it is a file's path; bundled manifests have plain names. */
    public boolean isFile() {
        return isFile(name);
    }

    static boolean isFile(String name) {
        return name.contains("/") || name.contains(".");
    }

    /**
     * Fills in the variables.
     *
     * @throws IllegalArgumentException naming every variable without a value
     */
    public String render(Map<String, String> values) {
        Set<String> missing = new TreeSet<>(template.variables());
        missing.removeAll(values.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "manifest '"
                            + name
                            + "' has no value for "
                            + String.join(", ", missing)
                            + "; known: "
                            + String.join(", ", new TreeSet<>(values.keySet())));
        }
        return template.fill(variable -> values.getOrDefault(variable, ""));
    }
}
