package dev.cnilab.tool;

import dev.cnilab.host.Exec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code on-terminal DEVICE COMMAND...}: executes a command on a terminal, for {@code kubectl exec
 * -t}.
 */
final class OnTerminal implements Tool {

    /** The shells' exit code for a missing command. */
    private static final int NOT_FOUND = 127;

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.size() < 2) {
            throw new UsageException("takes a terminal's device and a command");
        }
        try {
            Exec.onTerminal(Path.of(args.getFirst()), args.subList(1, args.size()));
        } catch (IOException e) {
            err.println(e.getMessage());
        }
        return NOT_FOUND;
    }
}
