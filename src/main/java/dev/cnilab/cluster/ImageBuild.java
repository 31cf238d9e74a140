package dev.cnilab.cluster;

import java.io.IOException;
import java.util.function.Consumer;

/** Builds the image of agent and demo, to be loaded into nodes. */
public interface ImageBuild {

    boolean built() throws IOException;

    /**
     * @param progress takes what happens meanwhile, a line each
     */
    void build(Consumer<String> progress) throws IOException;
}
