package dev.cnilab.kube.api;

import java.io.IOException;

/** A client's streams of a command: input, output, errors, status and terminal size. */
interface ClientStreams extends AutoCloseable {

    /** The streams; the ordinals are the channel numbers of the WebSocket protocol. */
    enum Channel {
        STDIN,
        STDOUT,
        STDERR,
        /** The command's result, a {@code Status}. */
        ERROR,
        /** The terminal's size: JSON with Width and Height. */
        RESIZE
    }

    /** Receives the client's data. */
    interface Receiver {
        void data(Channel channel, byte[] bytes, int offset, int length) throws IOException;

        /** The client has closed this channel. */
        void end(Channel channel) throws IOException;
    }

    /** Passes the client's data to the receiver until the client disconnects. */
    void receive(Receiver to) throws IOException, InterruptedException;

    void send(Channel channel, byte[] bytes, int length) throws IOException;

    /** Closes a channel towards the client. */
    void finish(Channel channel) throws IOException;

    @Override
    void close() throws IOException;
}
