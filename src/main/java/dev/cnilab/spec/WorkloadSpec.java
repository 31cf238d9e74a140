package dev.cnilab.spec;

import java.util.Map;

/**
 * Objects to create in the cluster.
 *
 * @param values for the template's variables; they win over those that the lab gives
 */
public record WorkloadSpec(ManifestTemplate manifest, Map<String, String> values) {

    public WorkloadSpec {
        values = Map.copyOf(values);
    }
}
