package dev.cnilab.cluster;

import dev.cnilab.host.Command;
import dev.cnilab.host.ProcessTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
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

    /**
     * @param stdin copied to the process until its end; empty for none, which closes it at once
     */
    public LocalCommand(Process process, Optional<InputStream> stdin) {
        this.process = process;
        if (stdin.isPresent()) {
            InputStream input = stdin.get();
            Thread.ofPlatform().daemon().name("command-stdin").start(() -> copy(input));
        } else {
            copy(InputStream.nullInputStream());
        }
    }

    /** Copies in pieces as they arrive, so that a command can answer each line. */
    private void copy(InputStream from) {
        try (OutputStream to = process.getOutputStream()) {
            byte[] buffer = new byte[8192];
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
                to.flush();
            }
        } catch (IOException e) {
            // The command has closed its input, or has exited: it needs no more.
        }
    }

    /**
     * Starts one on this machine.
     *
     * @param tools as {@link #withTools} takes them
     * @param stdin as the constructor takes it
     */
    public static LocalCommand start(List<String> argv, Path tools, Optional<InputStream> stdin)
            throws IOException {
        return new LocalCommand(withTools(argv, tools).start(), stdin);
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
