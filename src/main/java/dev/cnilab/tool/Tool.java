package dev.cnilab.tool;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** A command, with its streams injected. */
@FunctionalInterface
interface Tool {

    /**
     * Runs the command.
     *
     * @return the exit code
     * @throws UsageException when the arguments are invalid
     * @throws IOException when it fails; its message is for the user
     */
    int run(List<String> args, PrintStream out, PrintStream err) throws IOException;
}
