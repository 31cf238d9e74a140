package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.PlaceLookup;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.lifecycle.LabFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "exec",
        description = "Runs a command in a node, in a pod, or outside the cluster.",
        footer = {
            "",
            "Examples:",
            "  lab exec flannel-ipip-worker -- ip address show cni0",
            "  lab exec demo-w4dft -- route -n",
            "  lab exec outside -- curl -s 172.18.0.2:32000",
            "",
            "It gets lab exec's input; </dev/null gives it none. The exit code is the command's:",
            "127 if it is not found, 126 if it cannot be executed, 128 + N after signal N."
        })
final class ExecCommand implements Callable<Integer> {

    private static final Duration POLL = Duration.ofHours(1);

    /** 128 + SIGPIPE, as of a command in a shell whose output was closed. */
    private static final int OUTPUT_CLOSED = 141;

    private final Context context;

    @Option(names = "--lab", paramLabel = "LAB", description = "The lab, when there are several.")
    @Nullable String lab;

    @Parameters(
            index = "0",
            paramLabel = "WHERE",
            description = "A node, a pod (or NAMESPACE/POD), or 'outside'.")
    String where = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "What to run there, after --.")
    List<String> argv = List.of();

    ExecCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        LabFolder folder = context.folder(lab);
        try (Cluster cluster = context.cluster(folder);
                RunningCommand running =
                        cluster.start(
                                PlaceLookup.find(cluster, where),
                                argv,
                                Optional.of(context.console().in()))) {
            return run(running);
        } catch (InterruptedException | InterruptedIOException e) {
            // Ctrl-C, or SIGTERM: the command was stopped.
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED.number();
        }
    }

    private int run(RunningCommand running) throws IOException, InterruptedException {
        AtomicBoolean outputClosed = new AtomicBoolean();
        Runnable stop =
                () -> {
                    outputClosed.set(true);
                    running.close();
                };
        Thread stdout = copying(running.stdout(), context.console().out(), stop);
        Thread stderr = copying(running.stderr(), context.console().err(), stop);
        try {
            OptionalInt exit = OptionalInt.empty();
            while (exit.isEmpty()) {
                exit = running.waitFor(POLL);
            }
            stdout.join();
            stderr.join();
            return outputClosed.get() ? OUTPUT_CLOSED : exit.getAsInt();
        } catch (IOException e) {
            if (outputClosed.get()) {
                return OUTPUT_CLOSED;
            }
            throw e;
        }
    }

    /**
     * @param closed called when no process reads the output any more
     */
    private static Thread copying(InputStream from, PrintStream to, Runnable closed) {
        return Thread.ofPlatform()
                .daemon()
                .name("command-output")
                .start(() -> {
                    if (!copy(from, to)) {
                        closed.run();
                    }
                });
    }

    /** Returns whether all was written. */
    private static boolean copy(InputStream from, PrintStream to) {
        try (from) {
            byte[] buffer = new byte[8192];
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                if (to.checkError()) {
                    return false;
                }
            }
        } catch (IOException e) {
            // The command was stopped: its exit tells why.
        }
        return true;
    }
}
