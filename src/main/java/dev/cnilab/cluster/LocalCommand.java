package dev.cnilab.cluster;

import dev.cnilab.host.Command;
import dev.cnilab.host.ProcessTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A command that is a process of this machine. */
public final class LocalCommand implements RunningCommand {

    private static final String PATH = "PATH";

    private final Process process;

    public LocalCommand(Process process) {
        this.process = process;
    }

    /**
     * Starts one on this machine.
     *
     * @param tools as {@link #withTools} takes them
     */
    public static LocalCommand start(List<String> argv, Path tools) throws IOException {
        return new LocalCommand(withTools(argv, tools).start());
    }

    /**
     * @param tools a folder of programs for what the machine's own PATH lacks
     */
    public static Command withTools(List<String> argv, Path tools) {
        String path =
                Optional.ofNullable(System.getenv(PATH)).orElse("/usr/sbin:/usr/bin:/sbin:/bin");
        return Command.of(argv).withEnvironment(Map.of(PATH, path + ":" + tools));
    }

    @Override
    public InputStream stdout() {
        return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
        return process.getErrorStream();
    }

    @Override
    public OptionalInt waitFor(Duration timeout) throws IOException {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a command");
        }
    }

    @Override
    public void close() {
        ProcessTree.kill(process);
    }
}
