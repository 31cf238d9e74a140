package dev.cnilab.preflight;

import dev.cnilab.base.Failure;
import dev.cnilab.spec.LabSpec;
import java.util.List;

/**
 * Checks whether this machine has what labs require.
 *
 * @param parts what each part of lab requires, causes before what follows from them
 */
public record Preflight(List<Requirements> parts) {

    public Preflight {
        parts = List.copyOf(parts);
    }

    /** All that the lab requires. */
    public List<Requirement> requirements(LabSpec spec) {
        return parts.stream().flatMap(part -> part.of(spec).stream()).toList();
    }

    /**
     * Checks what the provider can't do without, up to the first that is missing.
     *
     * @throws Failure naming that
     */
    public void require(LocalProvider provider, LabSpec spec) throws Failure {
        for (Requirement requirement : requirements(spec)) {
            if (requirement.neededBy().contains(provider)
                    && requirement.inspect().finding() instanceof Finding.Missing missing) {
                throw new Failure(
                        Failure.Kind.PREFLIGHT,
                        requirement.id(),
                        missing.meaning(),
                        missing.seen(),
                        missing.remedy());
            }
        }
    }
}
