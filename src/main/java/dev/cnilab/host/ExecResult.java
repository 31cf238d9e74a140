package dev.cnilab.host;

import java.util.List;

/**
 * The result of a command that exited.
 *
 * @param argv the command as it was executed
 * @param exitCode 0 to 255; 128 + signal number when a signal killed it
 */
public record ExecResult(List<String> argv, int exitCode, String stdout, String stderr) {

    public ExecResult {
        argv = List.copyOf(argv);
    }

    public boolean ok() {
        return exitCode == 0;
    }

    /** Describes a failure in one line: the command, its exit code and its error output. */
    public String describe() {
        String complaint = stderr.isBlank() ? stdout : stderr;
        return "'" + String.join(" ", argv) + "' exited " + exitCode + ": " + complaint.strip();
    }
}
