package dev.cnilab.preflight;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A requirement of labs on a machine. */
public final class Requirement {

    private final String id;
    private final Set<LocalProvider> neededBy;
    private final Inspection inspection;
    private final Fix fix;

    /** Creates a requirement that only the user can meet. */
    public Requirement(String id, Set<LocalProvider> neededBy, Inspection inspection) {
        this(id, neededBy, inspection, List::of);
    }

    public Requirement(String id, Set<LocalProvider> neededBy, Inspection inspection, Fix fix) {
        this.id = id;
        this.neededBy = Set.copyOf(neededBy);
        this.inspection = inspection;
        this.fix = fix;
    }

    /**
     * Returns the stable identifier, words joined by hyphens; docs/doctor.md has a row for each.
     */
    public String id() {
        return id;
    }

    /** Returns the providers that cannot run without it; the others can. */
    public Set<LocalProvider> neededBy() {
        return neededBy;
    }

    /** Inspects the machine without changing it. */
    public InspectionResult inspect() {
        return new InspectionResult(this, find(), List.of());
    }

    /**
     * Inspects the machine.
     *
     * @throws Failure if the requirement is not met
     */
    public void require() throws Failure {
        if (find() instanceof Finding.Missing missing) {
            throw new Failure(
                    Failure.Kind.PREFLIGHT,
                    id,
                    missing.meaning(),
                    missing.seen(),
                    missing.remedy());
        }
    }

    /** Applies lab's fix, and inspects again. */
    InspectionResult fix(Finding before) {
        try {
            List<String> done = fix.apply();
            return new InspectionResult(this, done.isEmpty() ? before : find(), done);
        } catch (IOException e) {
            return new InspectionResult(this, before, List.of("failed: " + e.getMessage()));
        }
    }

    private Finding find() {
        try {
            return inspection.inspect();
        } catch (IOException e) {
            return new Finding.Warning(
                    "unknown: " + e.getMessage(), "lab cannot check it", "run as root");
        }
    }
}
