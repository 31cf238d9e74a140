package dev.cnilab.verify.probe;

import java.io.IOException;
import java.util.List;

/** Looks once at all that a step is about. */
@FunctionalInterface
public interface Probe {

    /**
     * @return at least one claim, in the order of looking
     * @throws IOException when it could not look
     */
    List<Claim> observe() throws IOException;
}
