package dev.cnilab.cluster;

import java.io.IOException;
import java.util.function.Consumer;

/** Builds the image of agent and demo. */
public interface ImageBuild {

    boolean built() throws IOException;

    /**
     * @param progress receives lines of progress
     */
    void build(Consumer<String> progress) throws IOException;
}
