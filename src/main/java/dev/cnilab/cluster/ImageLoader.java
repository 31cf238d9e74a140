package dev.cnilab.cluster;

import java.io.IOException;

/** Loads the image of agent and demo into nodes. */
public interface ImageLoader {

    /** Whether every node has the image. */
    boolean loaded() throws IOException;

    void load() throws IOException;
}
