package dev.cnilab.preflight;

import java.io.IOException;
import java.util.List;

/** A fix that lab can apply for a requirement that is not met. */
@FunctionalInterface
public interface Fix {

    /**
     * Applies the fix.
     *
     * @return what was done, one line each; empty when nothing could be
     */
    List<String> apply() throws IOException;
}
