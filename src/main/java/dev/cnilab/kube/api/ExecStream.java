package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.PodAccess;
import dev.cnilab.kube.api.ClientStreams.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Connects a command in a pod to its client until either side ends. */
final class ExecStream implements ClientStreams.Receiver {

    /** Starts the command. */
    @FunctionalInterface
    interface Start {
        PodAccess.Exec start() throws IOException;
    }

    private final ClientStreams client;
    private final PodAccess.Exec exec;

    private ExecStream(ClientStreams client, PodAccess.Exec exec) {
        this.client = client;
        this.exec = exec;
    }

    /**
     * @param start starts the command; its failure is sent to the client
     */
    static void run(ClientStreams client, Start start) throws IOException, InterruptedException {
        PodAccess.Exec started;
        try {
            started = start.start();
        } catch (ApiException e) {
            end(client, e.status());
            return;
        } catch (IOException e) {
            // Not an error of the server: usually the program does not exist.
            String message =
                    "Internal error occurred: error executing command in container: "
                            + e.getMessage();
            end(client, new ApiException(500, "InternalError", message).status());
            return;
        }
        try (PodAccess.Exec exec = started) {
            end(client, new ExecStream(client, exec).run());
        }
    }

    private static void end(ClientStreams client, ObjectNode status) throws IOException {
        byte[] bytes = status.toString().getBytes(StandardCharsets.UTF_8);
        client.send(Channel.ERROR, bytes, bytes.length);
        client.finish(Channel.ERROR);
    }

    private ObjectNode run() throws InterruptedException {
        Thread.ofPlatform().daemon().name("exec-input").start(this::receive);
        Thread stdout = pump(Channel.STDOUT, exec.stdout());
        Thread stderr = pump(Channel.STDERR, exec.stderr());
        int code = exec.waitFor();
        stdout.join();
        stderr.join();
        return result(code);
    }

    /** Passes input to the command until the client disconnects, then terminates the command. */
    private void receive() {
        try (exec) {
            client.receive(this);
        } catch (IOException e) {
            // A lost connection is handled as a closed one.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void data(Channel channel, byte[] bytes, int offset, int length) throws IOException {
        switch (channel) {
            case STDIN -> {
                try {
                    OutputStream stdin = exec.stdin();
                    stdin.write(bytes, offset, length);
                    stdin.flush();
                } catch (IOException e) {
                    // The command has closed its input; its output is still forwarded.
                }
            }
            case RESIZE -> resize(new String(bytes, offset, length, StandardCharsets.UTF_8));
            case STDOUT, STDERR, ERROR -> {
                // Only the server sends on these.
            }
        }
    }

    @Override
    public void end(Channel channel) throws IOException {
        if (channel == Channel.STDIN) {
            exec.stdin().close();
        }
    }

    private void resize(String text) throws IOException {
        try {
            JsonNode size = Bodies.json(text);
            exec.resize(size.path("Width").asInt(), size.path("Height").asInt());
        } catch (ApiException e) {
            throw new IOException("malformed terminal size", e);
        }
    }

    /** Copies output on a platform thread: reads of a terminal block in the kernel. */
    private Thread pump(Channel channel, InputStream in) {
        return Thread.ofPlatform()
                .daemon()
                .name("exec-" + channel)
                .start(() -> {
                    try {
                        byte[] buffer = new byte[8192];
                        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                            client.send(channel, buffer, n);
                        }
                        client.finish(channel);
                    } catch (IOException e) {
                        // The command or the client is gone; waitFor distinguishes them.
                    }
                });
    }

    private static ObjectNode result(int code) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        if (code == 0) {
            return status.put("status", "Success");
        }
        status.put("status", "Failure")
                .put("message", "command terminated with non-zero exit code: exit status " + code)
                .put("reason", "NonZeroExitCode")
                .putObject("details")
                .putArray("causes")
                .addObject()
                .put("reason", "ExitCode")
                .put("message", Integer.toString(code));
        return status;
    }
}
