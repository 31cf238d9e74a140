package dev.cnilab.preflight;

import dev.cnilab.base.Failure;
import dev.cnilab.spec.LabSpec;
import java.util.List;

/**
 * Checks whether this machine meets the requirements of labs.
 *
 * @param parts the requirements of each part of lab, causes before their consequences
 */
public record Preflight(List<Requirements> parts) {

    public Preflight {
        parts = List.copyOf(parts);
    }

    /** Returns all requirements of the lab. */
    public List<Requirement> requirements(LabSpec spec) {
        return parts.stream().flatMap(part -> part.of(spec).stream()).toList();
    }

    /**
     * Checks the provider's requirements, up to the first that is not met.
     *
     * @throws Failure naming that one
     */
    public void require(LocalProvider provider, LabSpec spec) throws Failure {
        for (Requirement requirement : requirements(spec)) {
            if (requirement.neededBy().contains(provider)) {
                requirement.require();
            }
        }
    }
}
