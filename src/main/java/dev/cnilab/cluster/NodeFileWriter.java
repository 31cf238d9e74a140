package dev.cnilab.cluster;

import java.io.IOException;

/** Writes files on nodes. */
public interface NodeFileWriter {

    /** Writes a file atomically. */
    void write(String node, String path, byte[] content, boolean executable) throws IOException;
}
