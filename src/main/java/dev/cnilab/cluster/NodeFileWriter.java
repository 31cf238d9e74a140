package dev.cnilab.cluster;

import java.io.IOException;

/** Writes files of nodes. */
public interface NodeFileWriter {

    /** Writes a file whole or not at all. */
    void write(String node, String path, byte[] content, boolean executable) throws IOException;
}
