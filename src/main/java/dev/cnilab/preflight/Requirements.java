package dev.cnilab.preflight;

import dev.cnilab.spec.LabSpec;
import java.util.List;

/** What one part of lab requires of a machine. */
@FunctionalInterface
public interface Requirements {

    /** For this lab, causes before what follows from them. */
    List<Requirement> of(LabSpec spec);
}
