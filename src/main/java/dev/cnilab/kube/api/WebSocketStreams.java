package dev.cnilab.kube.api;

import dev.cnilab.kube.http.WebSocket;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A command's streams over one WebSocket (k8s.io/apimachinery remotecommand): each message begins
 * with its channel's number. With v5 the client can close a channel.
 */
record WebSocketStreams(WebSocket socket) implements ClientStreams {
    static final List<String> PROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

    private static final int CLOSE = 255;

    @Override
    public void receive(Receiver to) throws IOException {
        for (Optional<byte[]> message = socket.receive();
                message.isPresent();
                message = socket.receive()) {
            byte[] bytes = message.get();
            int number = bytes.length == 0 ? -1 : bytes[0] & 0xff;
            if (number == CLOSE && bytes.length > 1) {
                channel(bytes[1]).ifPresent(channel -> ends(to, channel));
            } else {
                Optional<Channel> channel = channel(number);
                if (channel.isPresent()) {
                    to.data(channel.get(), bytes, 1, bytes.length - 1);
                }
            }
        }
    }

    private static void ends(Receiver to, Channel channel) {
        try {
            to.end(channel);
        } catch (IOException e) {
            // The command has closed its input already.
        }
    }

    private static Optional<Channel> channel(int number) {
        Channel[] all = Channel.values();
        return number >= 0 && number < all.length ? Optional.of(all[number]) : Optional.empty();
    }

    @Override
    public void send(Channel channel, byte[] bytes, int length) throws IOException {
        byte[] message = new byte[length + 1];
        message[0] = (byte) channel.ordinal();
        System.arraycopy(bytes, 0, message, 1, length);
        socket.sendBinary(message, message.length);
    }

    @Override
    public void finish(Channel channel) {
        // The status on ERROR ends all channels.
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
