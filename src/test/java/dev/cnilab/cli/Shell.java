package dev.cnilab.cli;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A shell on a machine in which kubectl finds a lab.
 *
 * @param variables set before each line
 */
record Shell(Machine machine, String variables) {

    /**
     * @param directory where it is, and what HOME is
     */
    static Shell at(Machine machine, String lab, Path directory) {
        return new Shell(
                machine,
                "cd '%s'; export HOME=. KUBECONFIG='%s'; "
                        .formatted(directory, machine.folder(lab).resolve("kubeconfig")));
    }

    /** The same, where programs of a directory come before all others. */
    Shell preferring(Path programs) {
        return new Shell(machine, variables + "PATH='%s':$PATH; ".formatted(programs));
    }

    /** What a line prints, stderr too, and its exit code where that is not 0. */
    String type(String line) throws IOException {
        return machine.run(
                "sh", "-c", variables + "{ " + line + "\n} 2>&1 || echo \"exit code $?\"");
    }
}
