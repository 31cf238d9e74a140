package dev.cnilab.cli;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A shell on a machine, with kubectl configured for a lab.
 *
 * @param variables set before each line
 */
record Shell(Machine machine, String variables) {

    /**
     * @param directory working directory and HOME
     */
    static Shell at(Machine machine, String lab, Path directory) {
        return new Shell(
                machine,
                "cd '%s'; export HOME=. KUBECONFIG='%s'; "
                        .formatted(directory, machine.folder(lab).resolve("kubeconfig")));
    }

    /** The same shell with a directory first on its PATH. */
    Shell preferring(Path programs) {
        return new Shell(machine, variables + "PATH='%s':$PATH; ".formatted(programs));
    }

    /** Runs a line; returns its output, including stderr, and its exit code if not 0. */
    String type(String line) throws IOException {
        return machine.run(
                "sh", "-c", variables + "{ " + line + "\n} 2>&1 || echo \"exit code $?\"");
    }
}
