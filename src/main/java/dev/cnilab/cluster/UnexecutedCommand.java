package dev.cnilab.cluster;

import dev.cnilab.host.NotExecutableException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;

/** A command that could not be executed; it has exited with a shell's message and exit code. */
public record UnexecutedCommand(NotExecutableException why) implements RunningCommand {

    @Override
    public InputStream stdout() {
        return InputStream.nullInputStream();
    }

    @Override
    public InputStream stderr() {
        return new ByteArrayInputStream((why.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public OptionalInt waitFor(Duration timeout) {
        return OptionalInt.of(why.exitCode());
    }

    @Override
    public void close() {
        // No process was started.
    }
}
