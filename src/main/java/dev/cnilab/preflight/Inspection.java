package dev.cnilab.preflight;

import java.io.IOException;

/** Checks one property of this machine, without changing anything. */
@FunctionalInterface
public interface Inspection {

    /**
     * Runs the check.
     *
     * @throws IOException when it cannot be checked here
     */
    Finding inspect() throws IOException;
}
