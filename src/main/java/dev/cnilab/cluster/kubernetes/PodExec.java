package dev.cnilab.cluster.kubernetes;

import dev.cnilab.cluster.RunningCommand;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command in a pod, through the API's exec. */
final class PodExec implements RunningCommand {

    /** The exit status comes with the end of the streams. */
    private static final Duration EXIT_STATUS = Duration.ofSeconds(1);

    /** fabric8's, where the status tells of no exit code: the command did not run at all. */
    private static final int NO_EXIT_CODE = -1;

    private final ExecWatch watch;
    private final LastWord lastWord;

    private PodExec(ExecWatch watch, LastWord lastWord) {
        this.watch = watch;
        this.lastWord = lastWord;
    }

    static PodExec start(KubernetesClient client, String namespace, String pod, List<String> argv) {
        LastWord lastWord = new LastWord();
        return new PodExec(
                client.pods()
                        .inNamespace(namespace)
                        .withName(pod)
                        .redirectingOutput()
                        .redirectingError()
                        .usingListener(lastWord)
                        .exec(argv.toArray(String[]::new)),
                lastWord);
    }

    @Override
    public InputStream stdout() {
        return new Output(watch.getOutput());
    }

    @Override
    public InputStream stderr() {
        return new Output(watch.getError());
    }

    @Override
    public OptionalInt waitFor(Duration timeout) throws IOException {
        OptionalInt exitCode = exitCode(timeout);
        if (exitCode.equals(OptionalInt.of(NO_EXIT_CODE))) {
            throw new IOException(lastWord.message);
        }
        return exitCode;
    }

    private OptionalInt exitCode(Duration timeout) throws IOException {
        try {
            return OptionalInt.of(watch.exitCode().get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return OptionalInt.empty();
        } catch (ExecutionException e) {
            throw new IOException("the exec broke off: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a command");
        }
    }

    @Override
    public void close() {
        watch.close();
    }

    /** What the API says at the end of an exec. */
    private static final class LastWord implements ExecListener {

        private volatile String message = "the API does not say how the exec ended";

        @Override
        public void onExit(int code, Status status) {
            if (status != null && status.getMessage() != null) {
                message = status.getMessage();
            }
        }

        @Override
        public void onClose(int code, String reason) {
            // The exit code has come, or its future fails.
        }
    }

    /** A stream of fabric8 breaks off when the command fails; here that is its end. */
    private final class Output extends FilterInputStream {

        private Output(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                return endOr(e);
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                // fabric8's stream takes that for a mistake; readNBytes asks so at its end.
                return 0;
            }
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                return endOr(e);
            }
        }

        private int endOr(IOException broken) throws IOException {
            if (exitCode(EXIT_STATUS).isPresent()) {
                return -1;
            }
            throw broken;
        }
    }
}
