package dev.cnilab.spec.yaml;

/**
 * A problem in a file.
 *
 * @param file as the user named it
 * @param line from 1; 0 when it concerns the whole file
 * @param column from 1; 0 likewise
 * @param path of the offending key, {@code nodes[1].role}; empty for the whole document
 * @param hint how to fix it; may be empty
 */
public record Problem(String file, int line, int column, String path, String message, String hint) {

    /** Formats the problem as compilers do: {@code file:line:column: message; hint}. */
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
