package dev.cnilab.net;

/**
 * The tunnel between a cluster's nodes, as its backend makes it.
 *
 * @param device its name on every node
 * @param linkKind the device's kind, as {@code ip -d link} shows it
 * @param driver what carries its packets
 * @param encapsulation what people call it: {@code IP in IP}
 * @param overhead of all outer headers, in bytes
 * @param protocol what the outer IPv4 header carries (IANA protocol numbers)
 */
public record Tunnel(
        String device,
        String linkKind,
        TunnelDriver driver,
        String encapsulation,
        int overhead,
        int protocol) {}
