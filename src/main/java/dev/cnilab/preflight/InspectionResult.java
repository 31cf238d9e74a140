package dev.cnilab.preflight;

import java.util.List;

/**
 * A requirement and the result of its inspection.
 *
 * @param done fixes applied before, one line each
 */
public record InspectionResult(Requirement requirement, Finding finding, List<String> done) {

    public InspectionResult {
        done = List.copyOf(done);
    }

    /** Checks whether this prevents the provider from running. */
    public boolean blocks(LocalProvider provider) {
        return finding instanceof Finding.Missing && requirement.neededBy().contains(provider);
    }

    /** Applies lab's fix if the requirement is not met, and inspects again. */
    public InspectionResult fix() {
        return switch (finding) {
            case Finding.Ok _ -> this;
            case Finding.Lack _ -> requirement.fix(finding);
        };
    }
}
