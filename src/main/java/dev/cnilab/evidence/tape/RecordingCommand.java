package dev.cnilab.evidence.tape;

import dev.cnilab.cluster.RunningCommand;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A running command whose output is recorded as it is read. */
final class RecordingCommand implements RunningCommand {

    private final RunningCommand command;
    private final Consumer<RecordedReply> whenClosed;
    private final Copying stdout;
    private final Copying stderr;
    private final AtomicBoolean closed = new AtomicBoolean();

    RecordingCommand(RunningCommand command, Consumer<RecordedReply> whenClosed) {
        this.command = command;
        this.whenClosed = whenClosed;
        this.stdout = new Copying(command.stdout());
        this.stderr = new Copying(command.stderr());
    }

    /** Copies everything that is read from a stream. */
    private static final class Copying extends FilterInputStream {

        private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

        Copying(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                copy.write(value);
            }
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0) {
                copy.write(bytes, offset, count);
            }
            return count;
        }

        byte[] copied() {
            return copy.toByteArray();
        }
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    @Override
    public InputStream stderr() {
        return stderr;
    }

    @Override
    public OptionalInt waitFor(Duration timeout) throws IOException {
        return command.waitFor(timeout);
    }

    @Override
    public void close() {
        command.close();
        if (!closed.getAndSet(true)) {
            whenClosed.accept(
                    new RecordedReply.Streamed(
                            stdout.copied(), new String(stderr.copied(), StandardCharsets.UTF_8)));
        }
    }
}
