package dev.cnilab.spec.yaml;

/**
 * One thing that is wrong with a file.
 *
 * @param file as the user named it
 * @param line from 1; 0 when it is about the file as a whole
 * @param column from 1; 0 likewise
 * @param path of the offending key, {@code nodes[1].role}; empty for the whole document
 * @param hint what to do about it; may be empty
 */
public record Problem(String file, int line, int column, String path, String message, String hint) {

    /** As compilers print it: {@code file:line:column: message; hint}. */
    @Override
    public String toString() {
        return file
                + (line == 0 ? "" : ":" + line + ":" + column)
                + ": "
                + (path.isEmpty() ? "" : path + ": ")
                + message
                + (hint.isEmpty() ? "" : "; " + hint);
    }
}
