package dev.cnilab.tool;

import dev.cnilab.host.Exec;
import dev.cnilab.host.NotExecutableException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code on-terminal DEVICE COMMAND...}: executes a command on a terminal, for {@code kubectl exec
 * -t}.
 */
final class OnTerminal implements Tool {

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        if (args.size() < 2) {
            throw new UsageException("takes a terminal's device and a command");
        }
        NotExecutableException refused =
                Exec.onTerminal(Path.of(args.getFirst()), args.subList(1, args.size()));
        err.println(refused.getMessage());
        return refused.exitCode();
    }
}
