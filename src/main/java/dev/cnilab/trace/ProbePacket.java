package dev.cnilab.trace;

/**
 * What a trace sends.
 *
 * @param port where a TCP connection is asked for; 0 with ICMP
 * @param size bytes of an echo request's payload; 0 with TCP
 * @param dontFragment whether routers must not cut it
 */
public record ProbePacket(
        Endpoint from, Endpoint to, Protocol protocol, int port, int size, boolean dontFragment) {

    /** What carries it. */
    public enum Protocol {
        /** An echo request. */
        ICMP,
        /** The first segment of a connection, which is then closed. */
        TCP
    }
}
