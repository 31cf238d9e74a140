package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.PodAccess;
import dev.cnilab.kube.http.WebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A command's streams over one WebSocket (k8s.io/apimachinery remotecommand): each message led by
 * its channel's number. v5 adds that the client can close a channel.
 */
final class ExecStream {
    static final List<String> PROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int ERROR = 3;
    private static final int RESIZE = 4;
    private static final int CLOSE = 255;

    private final WebSocket socket;
    private final PodAccess.Exec exec;

    ExecStream(WebSocket socket, PodAccess.Exec exec) {
        this.socket = socket;
        this.exec = exec;
    }

    void run() throws IOException, InterruptedException {
        Thread.ofVirtual().name("exec-stdin").start(this::receive);
        Thread stdout = pump(STDOUT, exec.stdout());
        Thread stderr = pump(STDERR, exec.stderr());
        int code = exec.waitFor();
        stdout.join();
        stderr.join();
        byte[] status = result(code).toString().getBytes(StandardCharsets.UTF_8);
        send(ERROR, status, status.length);
    }

    /** What the client says, until it hangs up; then the command is ended. */
    private void receive() {
        try (exec) {
            for (Optional<byte[]> message = socket.receive();
                    message.isPresent();
                    message = socket.receive()) {
                if (message.get().length > 0) {
                    accept(message.get());
                }
            }
        } catch (IOException e) {
            // A client that is gone and one that hung up are the same to the command.
        }
    }

    private void accept(byte[] message) throws IOException {
        OutputStream stdin = exec.stdin();
        switch (message[0] & 0xff) {
            case STDIN -> {
                try {
                    stdin.write(message, 1, message.length - 1);
                    stdin.flush();
                } catch (IOException e) {
                    // The command reads no further; its output is still wanted.
                }
            }
            case RESIZE ->
                    resize(new String(message, 1, message.length - 1, StandardCharsets.UTF_8));
            case CLOSE -> {
                if (message.length > 1 && message[1] == STDIN) {
                    stdin.close();
                }
            }
            default -> {}
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

    private Thread pump(int channel, InputStream in) {
        return Thread.ofVirtual()
                .name("exec-output-" + channel)
                .start(() -> {
                    try {
                        byte[] buffer = new byte[8192];
                        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                            send(channel, buffer, n);
                        }
                    } catch (IOException e) {
                        // The command or the client is gone; waitFor tells which.
                    }
                });
    }

    private void send(int channel, byte[] bytes, int length) throws IOException {
        byte[] message = new byte[length + 1];
        message[0] = (byte) channel;
        System.arraycopy(bytes, 0, message, 1, length);
        socket.sendBinary(message, message.length);
    }

    private static ObjectNode result(int code) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.putObject("metadata");
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
