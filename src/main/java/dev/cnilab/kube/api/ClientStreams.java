package dev.cnilab.kube.api;

import java.io.IOException;

/** A client's end of a command's streams, whatever carries them. */
interface ClientStreams extends AutoCloseable {

    /** The streams; their order is the channels' numbers in WebSocket messages. */
    enum Channel {
        STDIN,
        STDOUT,
        STDERR,
        /** How the command ended: a {@code Status}. */
        ERROR,
        /** The terminal's size: JSON with Width and Height. */
        RESIZE
    }

    /** Takes what the client says. */
    interface Receiver {
        void data(Channel channel, byte[] bytes, int offset, int length) throws IOException;

        /** The client will send nothing more there. */
        void end(Channel channel) throws IOException;
    }

    /** Hands on what the client says, until it hangs up. */
    void receive(Receiver to) throws IOException, InterruptedException;

    void send(Channel channel, byte[] bytes, int length) throws IOException;

    /** Says that nothing more comes there. */
    void finish(Channel channel) throws IOException;

    @Override
    void close() throws IOException;
}
