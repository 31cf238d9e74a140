package dev.cnilab.cluster.kubernetes;

import dev.cnilab.cluster.RunningCommand;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A command in a pod's first container, run by the API's exec over a WebSocket. fabric8's own exec
 * speaks v4 of the protocol only, in which a command's input cannot end.
 */
final class PodExec implements RunningCommand {

    private static final String V4 = "v4.channel.k8s.io";

    /** Adds the message that ends a stream; served since Kubernetes 1.30. */
    private static final String V5 = "v5.channel.k8s.io";

    private static final byte CLOSE = (byte) 255;

    /** Maximum number of bytes that wait to be sent, and the interval at which that is checked. */
    private static final long QUEUE_SIZE = 1L << 20;

    private static final Duration QUEUE_CHECK = Duration.ofMillis(5);

    private final String description;
    private final WebSocket socket;
    private final ExecChannels channels;

    private PodExec(String description, WebSocket socket, ExecChannels channels) {
        this.description = description;
        this.socket = socket;
        this.channels = channels;
    }

    /**
     * @param stdin empty for a command that gets no input
     */
    static PodExec start(
            KubernetesClient client,
            String namespace,
            String pod,
            List<String> argv,
            Optional<InputStream> stdin)
            throws IOException {
        Pod found =
                Requests.ask(() -> client.pods().inNamespace(namespace).withName(pod).require());
        String container = found.getSpec().getContainers().getFirst().getName();
        String description =
                "the exec of '%s' in pod %s/%s".formatted(String.join(" ", argv), namespace, pod);
        ExecChannels channels = new ExecChannels(argv.getFirst());
        String path =
                "api/v1/namespaces/%s/pods/%s/exec?container=%s&stdout=true&stderr=true&stdin=%s&%s"
                        .formatted(
                                namespace,
                                pod,
                                container,
                                stdin.isPresent(),
                                argv.stream()
                                        .map(word -> "command=" + encode(word))
                                        .collect(Collectors.joining("&")));
        WebSocket.Builder builder =
                client.getHttpClient()
                        .newWebSocketBuilder()
                        .uri(URI.create(client.getMasterUrl() + path));
        if (stdin.isEmpty()) {
            return new PodExec(description, open(builder, V4, channels, description), channels);
        }
        try {
            PodExec exec =
                    new PodExec(description, open(builder, V5, channels, description), channels);
            Thread.ofPlatform().daemon().name("exec-stdin").start(() -> exec.send(stdin.get()));
            return exec;
        } catch (NoInputException e) {
            if (stdin.get().available() > 0) {
                throw e;
            }
            return start(client, namespace, pod, argv, Optional.empty());
        }
    }

    /** The API server refused the version of the protocol in which input can end. */
    private static final class NoInputException extends IOException {
        NoInputException(String message, Throwable cause) {
            super(message + "; Kubernetes before 1.30 takes no input that ends", cause);
        }
    }

    private static String encode(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8);
    }

    private static WebSocket open(
            WebSocket.Builder builder, String protocol, ExecChannels channels, String description)
            throws IOException {
        try {
            return builder.subprotocol(protocol).buildAsync(channels).get();
        } catch (ExecutionException e) {
            String message = description + " was not started: " + reason(cause(e));
            throw protocol.equals(V5) && cause(e) instanceof WebSocketHandshakeException
                    ? new NoInputException(message, e)
                    : new IOException(message, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while starting a command");
        }
    }

    private static Throwable cause(ExecutionException e) {
        return Objects.requireNonNullElse(e.getCause(), e);
    }

    private static String reason(Throwable cause) {
        return cause instanceof WebSocketHandshakeException refused
                ? "the API server answered " + refused.getResponse().code()
                : String.valueOf(cause);
    }

    /** Sends all input, then its end. */
    private void send(InputStream input) {
        byte[] buffer = new byte[8192];
        buffer[0] = ExecChannels.STDIN;
        try {
            boolean open = true;
            for (int count = read(input, buffer); count >= 0 && open; count = read(input, buffer)) {
                while (socket.queueSize() > QUEUE_SIZE && !channels.exitCode().isDone()) {
                    LockSupport.parkNanos(QUEUE_CHECK.toNanos());
                }
                // The socket keeps the buffer until it is sent.
                open = socket.send(ByteBuffer.wrap(Arrays.copyOf(buffer, count + 1)));
            }
        } catch (IOException e) {
            // Input that cannot be read any further has ended.
        }
        socket.send(ByteBuffer.wrap(new byte[] {CLOSE, ExecChannels.STDIN}));
    }

    private static int read(InputStream input, byte[] buffer) throws IOException {
        return input.read(buffer, 1, buffer.length - 1);
    }

    @Override
    public InputStream stdout() {
        return channels.stdout();
    }

    @Override
    public InputStream stderr() {
        return channels.stderr();
    }

    @Override
    public OptionalInt waitFor(Duration timeout) throws IOException {
        try {
            return OptionalInt.of(
                    channels.exitCode().get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return OptionalInt.empty();
        } catch (ExecutionException e) {
            throw new IOException(description + " failed: " + cause(e).getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a command");
        }
    }

    @Override
    public void close() {
        socket.sendClose(ExecChannels.NORMAL_CLOSURE, "");
    }
}
