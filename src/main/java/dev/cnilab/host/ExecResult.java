package dev.cnilab.host;

import java.util.List;

/**
 * What a command that ran to its end left.
 *
 * @param argv as it was run
 * @param exitCode 0 to 255; 128 + signal when one ended it
 */
public record ExecResult(List<String> argv, int exitCode, String stdout, String stderr) {

    public ExecResult {
        argv = List.copyOf(argv);
    }

    public boolean ok() {
        return exitCode == 0;
    }

    /**
     * One line, ready to paste into a report: the command, its status and what it complained of.
     */
    public String describe() {
        String complaint = stderr.isBlank() ? stdout : stderr;
        return "'" + String.join(" ", argv) + "' exited " + exitCode + ": " + complaint.strip();
    }
}
