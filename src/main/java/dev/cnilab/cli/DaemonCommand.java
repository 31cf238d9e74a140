package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.embedded.Daemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "daemon",
        hidden = true,
        description = "Serves an embedded cluster's API and nodes; up starts it.")
final class DaemonCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FOLDER", description = "The lab's state directory.")
    Path folder = Path.of("");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Daemon.run(folder);
        return ExitCode.OK.number();
    }
}
