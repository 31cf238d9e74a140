package dev.cnilab.preflight;

import java.io.IOException;

/** Checks one thing of this machine, and changes nothing. */
@FunctionalInterface
public interface Inspection {

    /**
     * @throws IOException when it can't be checked here
     */
    Finding inspect() throws IOException;
}
