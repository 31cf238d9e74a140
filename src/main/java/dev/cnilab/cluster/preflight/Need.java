package dev.cnilab.cluster.preflight;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** One thing that labs need of a machine. */
public final class Need {

    private final String id;
    private final Set<Target> neededBy;
    private final Look look;
    private final Mend mend;

    Need(String id, Set<Target> neededBy, Look look, Mend mend) {
        this.id = id;
        this.neededBy = Set.copyOf(neededBy);
        this.look = look;
        this.mend = mend;
    }

    /** Stable, in words joined by hyphens; docs/doctor.md has a row for each. */
    public String id() {
        return id;
    }

    /** Those that can't run where it is missing; the others do without. */
    public Set<Target> neededBy() {
        return neededBy;
    }

    /** Looks; leaves the machine as it was. */
    public Examination examine() {
        return new Examination(this, find(), List.of());
    }

    /** Mends what can be mended without asking, and looks again. */
    Examination mend(Finding before) {
        try {
            List<String> done = mend.mend();
            return new Examination(this, done.isEmpty() ? before : find(), done);
        } catch (IOException e) {
            return new Examination(this, before, List.of("did not work: " + e.getMessage()));
        }
    }

    private Finding find() {
        try {
            return look.look();
        } catch (IOException e) {
            return new Finding.Warning(
                    "not known: " + e.getMessage(), "it could not be tried", "run it as root");
        }
    }
}
