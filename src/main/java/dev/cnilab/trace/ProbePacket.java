package dev.cnilab.trace;

/**
 * The packet that a trace sends.
 *
 * @param port of TCP; 0 with ICMP
 * @param size of an echo request's payload in bytes; 0 with TCP
 * @param dontFragment whether DF is set
 */
public record ProbePacket(
        Endpoint from, Endpoint to, Protocol protocol, int port, int size, boolean dontFragment) {

    /** The probe's protocol. */
    public enum Protocol {
        /** ICMP echo request. */
        ICMP,
        /** TCP SYN; the connection is then closed. */
        TCP
    }
}
