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

/** Joins a command in a pod to its client until one of both ends. */
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
     * @param start may fail; the client is told
     */
    static void run(ClientStreams client, Start start) throws IOException, InterruptedException {
        PodAccess.Exec started;
        try {
            started = start.start();
        } catch (ApiException e) {
            end(client, e.status());
            return;
        } catch (IOException e) {
            // No fault of the server: most often there is no such program.
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

    /** What the client says, until it hangs up; then the command is ended. */
    private void receive() {
        try (exec) {
            client.receive(this);
        } catch (IOException e) {
            // A client that is gone and one that hung up are the same to the command.
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
                    // The command reads no further; its output is still wanted.
                }
            }
            case RESIZE -> resize(new String(bytes, offset, length, StandardCharsets.UTF_8));
            case STDOUT, STDERR, ERROR -> {
                // The server's alone.
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

    /** On platform threads: a terminal's reads block in the kernel. */
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
                        // The command or the client is gone; waitFor tells which.
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
