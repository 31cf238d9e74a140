package dev.cnilab.preflight;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** One thing that labs need of a machine. */
public final class Requirement {

    private final String id;
    private final Set<LocalProvider> neededBy;
    private final Inspection inspection;
    private final Fix fix;

    /** One that only the user can meet. */
    public Requirement(String id, Set<LocalProvider> neededBy, Inspection inspection) {
        this(id, neededBy, inspection, List::of);
    }

    public Requirement(String id, Set<LocalProvider> neededBy, Inspection inspection, Fix fix) {
        this.id = id;
        this.neededBy = Set.copyOf(neededBy);
        this.inspection = inspection;
        this.fix = fix;
    }

    /** Stable, in words joined by hyphens; docs/doctor.md has a row for each. */
    public String id() {
        return id;
    }

    /** Those that can't run where it is missing; the others do without. */
    public Set<LocalProvider> neededBy() {
        return neededBy;
    }

    /** Looks; leaves the machine as it was. */
    public InspectionResult inspect() {
        return new InspectionResult(this, find(), List.of());
    }

    /** Fixes what lab can fix, and inspects again. */
    InspectionResult fix(Finding before) {
        try {
            List<String> done = fix.apply();
            return new InspectionResult(this, done.isEmpty() ? before : find(), done);
        } catch (IOException e) {
            return new InspectionResult(this, before, List.of("did not work: " + e.getMessage()));
        }
    }

    private Finding find() {
        try {
            return inspection.inspect();
        } catch (IOException e) {
            return new Finding.Warning(
                    "unknown: " + e.getMessage(), "lab could not check it", "run as root");
        }
    }
}
