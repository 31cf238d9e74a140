package dev.cnilab.cluster.preflight;

import java.util.List;

/**
 * A need and what was found of it.
 *
 * @param done about it before, a line each
 */
public record Examination(Need need, Finding finding, List<String> done) {

    public Examination {
        done = List.copyOf(done);
    }

    /** Whether the provider can't run because of this. */
    public boolean blocks(Target target) {
        return finding instanceof Finding.Missing && need.neededBy().contains(target);
    }

    /** Mends what can be mended without asking, and looks again; what is well stays untouched. */
    public Examination mend() {
        return switch (finding) {
            case Finding.Ok _ -> this;
            case Finding.Lack _ -> need.mend(finding);
        };
    }
}
