package dev.cnilab.cluster.kubernetes;

import dev.cnilab.cluster.RunningCommand;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
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

    private final ExecWatch watch;

    private PodExec(ExecWatch watch) {
        this.watch = watch;
    }

    static PodExec start(KubernetesClient client, String namespace, String pod, List<String> argv) {
        return new PodExec(
                client.pods()
                        .inNamespace(namespace)
                        .withName(pod)
                        .redirectingOutput()
                        .redirectingError()
                        .exec(argv.toArray(String[]::new)));
    }

    @Override
    public InputStream stdout() {
        return watch.getOutput();
    }

    @Override
    public InputStream stderr() {
        return watch.getError();
    }

    @Override
    public OptionalInt waitFor(Duration timeout) throws IOException {
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
}
