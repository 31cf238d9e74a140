package dev.cnilab.netlink.nft;

import dev.cnilab.net.Ipv4Address;

/**
 * The new destination of a translated packet.
 *
 * @param port 1 to 65535; 0 keeps the packet's
 */
public record NatTarget(Ipv4Address address, int port) {}
