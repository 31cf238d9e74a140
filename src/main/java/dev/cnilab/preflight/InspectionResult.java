package dev.cnilab.preflight;

import java.util.List;

/**
 * A requirement and what was found.
 *
 * @param done about it before, a line each
 */
public record InspectionResult(Requirement requirement, Finding finding, List<String> done) {

    public InspectionResult {
        done = List.copyOf(done);
    }

    /** Whether the provider can't run because of this. */
    public boolean blocks(LocalProvider provider) {
        return finding instanceof Finding.Missing && requirement.neededBy().contains(provider);
    }

    /** Fixes what lab can fix, and inspects again; leaves alone what is in order. */
    public InspectionResult fix() {
        return switch (finding) {
            case Finding.Ok _ -> this;
            case Finding.Lack _ -> requirement.fix(finding);
        };
    }
}
