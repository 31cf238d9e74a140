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

    /** Returns the path under which a user finds the file. */
    default String path(String name) {
        return name;
    }

    /** Files of this machine, their paths relative to a directory. */
    static LabFiles in(Path folder) {
        return new LabFiles() {
            @Override
            public String read(String name) throws IOException {
                return TextFile.read(folder.resolve(name));
            }

            @Override
            public String path(String name) {
                return folder.resolve(name).normalize().toString();
            }
        };
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
