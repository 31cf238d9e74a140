package dev.cnilab.netlink;

import java.io.IOException;

/** Carries datagrams between a {@link Connection} and its peer, which is the kernel. */
interface Transport extends AutoCloseable {

    /** The address by which replies name this end. */
    int port();

    void send(byte[] datagram) throws IOException;

    /** Waits for the next datagram. */
    byte[] receive() throws IOException;

    @Override
    void close();
}
