package dev.cnilab.spec;

import java.io.IOException;
import java.nio.file.Path;

/** Reads the files that a lab's file names: manifests. */
@FunctionalInterface
public interface LabFiles {

    /**
     * Reads a file.
     *
     * @param name its path as in the lab's file
     * @throws IOException whose message is the reason in one line
     */
    String read(String name) throws IOException;

    /** Files of this machine, their paths relative to a directory. */
    static LabFiles in(Path folder) {
        return name -> TextFile.read(folder.resolve(name));
    }

    /**
     * Decodes a file's content.
     *
     * @throws IOException when it is not text in UTF-8
     */
    static String decode(byte[] content) throws IOException {
        return TextFile.decode(content);
    }
}
