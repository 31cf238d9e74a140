package dev.cnilab.preflight;

import dev.cnilab.spec.LabSpec;
import java.util.List;

/** The requirements of one part of lab. */
@FunctionalInterface
public interface Requirements {

    /** Returns the requirements for this lab, causes before their consequences. */
    List<Requirement> of(LabSpec spec);
}
