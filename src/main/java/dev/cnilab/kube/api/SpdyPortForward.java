package dev.cnilab.kube.api;

import dev.cnilab.kube.spdy.SpdySession;
import dev.cnilab.kube.spdy.SpdyStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A client's connections to a pod's ports over SPDY. The client opens two streams for each
 * (kubelet's portforward): one for data, one for what goes wrong; {@code requestID} says which two.
 */
final class SpdyPortForward {
    private final PortForward ports;
    private final SpdySession session;

    /** Streams whose other half is still to come, by request. */
    private final Map<String, SpdyStream> halves = new HashMap<>();

    SpdyPortForward(PortForward ports, SpdySession session) {
        this.ports = ports;
        this.session = session;
    }

    /** Until the client hangs up. */
    void run() throws IOException, InterruptedException {
        session.run(this::opened);
    }

    private void opened(SpdyStream stream) {
        SpdyStream other = halves.remove(stream.header("requestid"));
        if (other == null) {
            halves.put(stream.header("requestid"), stream);
            return;
        }
        SpdyStream data = stream.header("streamtype").equals("data") ? stream : other;
        SpdyStream error = data == stream ? other : stream;
        Thread.ofPlatform()
                .daemon()
                .name("port-forward")
                .start(() ->
                        ports.forward(data.header("port"), new Carried(data), new Carried(error)));
    }

    private record Carried(SpdyStream stream) implements PortForward.Stream {
        @Override
        public Optional<byte[]> receive() throws InterruptedException {
            return stream.receive();
        }

        @Override
        public void send(byte[] bytes, int length) throws IOException {
            stream.send(bytes, length);
        }

        @Override
        public void finish() throws IOException {
            stream.finish();
        }
    }
}
