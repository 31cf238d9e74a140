package dev.cnilab.kube.api;

import dev.cnilab.host.Command;
import dev.cnilab.kube.PodAccess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pods whose containers are processes of this machine. */
final class LocalPods implements PodAccess {
    @Override
    public Exec exec(
            String namespace,
            String pod,
            @Nullable String container,
            List<String> argv,
            boolean tty)
            throws IOException {
        return new LocalExec(Command.of(argv).start());
    }

    /** With {@code follow}, the log gets a line every 50 ms until it is closed. */
    @Override
    public InputStream log(
            String namespace, String pod, @Nullable String container, LogOptions options)
            throws IOException {
        if (!options.follow()) {
            String text = "one of " + pod + "\ntwo of " + pod + "\n";
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
        Process process =
                new ProcessBuilder("sh", "-c", "while sleep 0.05; do echo line; done").start();
        return new ProcessLog(process);
    }

    /** Connects to the port on this machine's loopback. */
    @Override
    public Socket connect(String namespace, String pod, int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private record LocalExec(Process process) implements Exec {
        @Override
        public OutputStream stdin() {
            return process.getOutputStream();
        }

        @Override
        public InputStream stdout() {
            return process.getInputStream();
        }

        @Override
        public InputStream stderr() {
            return process.getErrorStream();
        }

        @Override
        public void resize(int columns, int rows) {}

        @Override
        public int waitFor() throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static final class ProcessLog extends java.io.FilterInputStream {
        private final Process process;

        ProcessLog(Process process) {
            super(process.getInputStream());
            this.process = process;
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly();
        }
    }
}
