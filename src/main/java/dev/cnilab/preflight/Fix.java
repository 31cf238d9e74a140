package dev.cnilab.preflight;

import java.io.IOException;
import java.util.List;

/** What lab itself can do about a requirement that is not met. */
@FunctionalInterface
public interface Fix {

    /**
     * @return what was done, a line each; empty when nothing could be
     */
    List<String> apply() throws IOException;
}
