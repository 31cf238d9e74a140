package dev.cnilab.walk;

import java.util.List;

/**
 * The current state of a fault's symptom.
 *
 * @param command that shows the symptom
 * @param missing the expressions without a match in its output; empty if the fault is repaired
 */
public record FaultCheck(String command, String output, List<String> missing) {

    public FaultCheck {
        missing = List.copyOf(missing);
    }

    public boolean fixed() {
        return missing.isEmpty();
    }
}
