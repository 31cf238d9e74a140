package dev.cnilab.netlink;

import java.io.IOException;

/** Carries datagrams between a {@link Connection} and its peer, the kernel. */
interface Transport extends AutoCloseable {

    /** Returns the port ID to which replies are addressed. */
    int port();

    void send(byte[] datagram) throws IOException;

    /** Waits for the next datagram. */
    byte[] receive() throws IOException;

    @Override
    void close();
}
