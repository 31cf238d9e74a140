package dev.cnilab.verify.probe;

import java.io.IOException;
import java.util.List;

/** Observes a step's subject once. */
@FunctionalInterface
public interface Probe {

    /**
     * @return at least one claim, in the order of observation
     * @throws IOException if it could not be observed
     */
    List<Claim> observe() throws IOException;
}
