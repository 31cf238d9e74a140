package dev.cnilab.cluster;

import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalInt;

/** A command that has exited with 0; its output can still be read. */
public record EndedCommand(InputStream stdout, InputStream stderr) implements RunningCommand {

    @Override
    public OptionalInt waitFor(Duration timeout) {
        return OptionalInt.of(0);
    }

    @Override
    public void close() {}
}
