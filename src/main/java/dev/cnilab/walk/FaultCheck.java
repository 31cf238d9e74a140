package dev.cnilab.walk;

import java.util.List;

/**
 * What a fault's symptom shows now.
 *
 * @param command that shows it
 * @param missing what its output should have a match of; empty when the fault is mended
 */
public record FaultCheck(String command, String output, List<String> missing) {

    public FaultCheck {
        missing = List.copyOf(missing);
    }

    public boolean mended() {
        return missing.isEmpty();
    }
}
