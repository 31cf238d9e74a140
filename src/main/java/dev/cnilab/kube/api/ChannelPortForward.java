package dev.cnilab.kube.api;

import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.http.Request;
import dev.cnilab.kube.http.WebSocket;
import dev.cnilab.kube.spdy.Inbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One connection to each of a pod's ports over a WebSocket, as the client libraries of many
 * languages do it (kubelet's portforward/websocket.go): each message is led by its channel's
 * number, the port's place twice, and one more for what goes wrong. Each channel begins with the
 * port's number, 16 bits, little-endian. A channel has no end of its own: the WebSocket ends with
 * the last.
 */
final class ChannelPortForward {
    static final String PROTOCOL = "v4.channel.k8s.io";

    private final PortForward ports;
    private final WebSocket socket;
    private final List<Integer> wanted;
    private final List<Inbox> inboxes = new ArrayList<>();

    ChannelPortForward(PortForward ports, WebSocket socket, List<Integer> wanted) {
        this.ports = ports;
        this.socket = socket;
        this.wanted = wanted;
        wanted.forEach(_ -> inboxes.add(new Inbox()));
    }

    /**
     * @throws ApiException 400 where the query names no port, or what is none
     */
    static List<Integer> ports(Request request) {
        List<String> named = request.query().getOrDefault("ports", List.of());
        try {
            List<Integer> ports = named.stream().map(Integer::valueOf).toList();
            if (!ports.isEmpty() && ports.stream().allMatch(port -> port > 0 && port <= 0xffff)) {
                return ports;
            }
        } catch (NumberFormatException e) {
            // Refused with those that are out of range.
        }
        throw ApiException.badRequest("query parameter \"ports\" must name ports, but is " + named);
    }

    /** Until the client or the last of the connections ends. */
    void run() throws IOException, InterruptedException {
        List<Thread> forwards = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Channel data = begin(2 * i);
            Channel error = begin(2 * i + 1);
            String port = wanted.get(i).toString();
            forwards.add(
                    Thread.ofPlatform().daemon().start(() -> ports.forward(port, data, error)));
        }
        Thread.ofPlatform().daemon().start(() -> closeAfter(forwards));
        try {
            for (Optional<byte[]> message = socket.receive();
                    message.isPresent();
                    message = socket.receive()) {
                hand(message.get());
            }
        } finally {
            inboxes.forEach(Inbox::end);
        }
    }

    private Channel begin(int number) throws IOException {
        int port = wanted.get(number / 2);
        Channel channel = new Channel(socket, number, inboxes.get(number / 2));
        channel.send(new byte[] {(byte) port, (byte) (port >> 8)}, 2);
        return channel;
    }

    /** What comes for an error's channel, or for none, is nobody's. */
    private void hand(byte[] message) throws InterruptedException {
        int channel = message.length == 0 ? 1 : message[0] & 0xff;
        if (channel % 2 == 0 && channel / 2 < inboxes.size()) {
            byte[] piece = new byte[message.length - 1];
            System.arraycopy(message, 1, piece, 0, piece.length);
            inboxes.get(channel / 2).add(piece);
        }
    }

    private void closeAfter(List<Thread> forwards) {
        try {
            for (Thread forward : forwards) {
                forward.join();
            }
            socket.close();
        } catch (IOException e) {
            // Nobody left to tell.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Channel(WebSocket socket, int number, Inbox inbox)
            implements PortForward.Stream {
        @Override
        public Optional<byte[]> receive() throws InterruptedException {
            return inbox.receive();
        }

        @Override
        public void send(byte[] bytes, int length) throws IOException {
            byte[] message = new byte[length + 1];
            message[0] = (byte) number;
            System.arraycopy(bytes, 0, message, 1, length);
            socket.sendBinary(message, message.length);
        }

        @Override
        public void finish() {
            // There is no message for it.
        }
    }
}
