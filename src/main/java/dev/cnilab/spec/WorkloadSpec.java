package dev.cnilab.spec;

import java.util.Map;

/**
 * Objects to create in the cluster.
 *
 * @param values of the template's variables; they take precedence over lab's own
 */
public record WorkloadSpec(ManifestTemplate manifest, Map<String, String> values) {

    public WorkloadSpec {
        values = Map.copyOf(values);
    }
}
