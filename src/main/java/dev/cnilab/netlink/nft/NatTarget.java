package dev.cnilab.netlink.nft;

import dev.cnilab.net.Ipv4Address;

/**
 * Where a packet is sent instead.
 *
 * @param port 1 to 65535; 0 keeps the packet's own
 */
public record NatTarget(Ipv4Address address, int port) {}
