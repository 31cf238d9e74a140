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

/** A command in a pod, run by the API's exec. */
final class PodExec implements RunningCommand {

    /** How long to wait for the exit status after the streams' end. */
    private static final Duration EXIT_STATUS = Duration.ofSeconds(1);

    /** fabric8's exit code if the status has none: the command did not run. */
    private static final int NO_EXIT_CODE = -1;

    private final ExecWatch watch;
    private final StatusListener lastWord;

    private PodExec(ExecWatch watch, StatusListener lastWord) {
        this.watch = watch;
        this.lastWord = lastWord;
    }

    static PodExec start(KubernetesClient client, String namespace, String pod, List<String> argv) {
        StatusListener lastWord = new StatusListener();
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

    /** Receives the status at the end of an exec. */
    private static final class StatusListener implements ExecListener {

        private volatile String message = "the API does not say how the exec ended";

        @Override
        public void onExit(int code, Status status) {
            if (status != null && status.getMessage() != null) {
                message = status.getMessage();
            }
        }

        @Override
        public void onClose(int code, String reason) {
            // The exit code's future completes or fails.
        }
    }

    /** fabric8's stream throws when the command fails; here it ends. */
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
                // readNBytes reads 0 bytes at its end, which fabric8's stream rejects.
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
