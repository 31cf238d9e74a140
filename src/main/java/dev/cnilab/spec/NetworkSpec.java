package dev.cnilab.spec;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;

/**
 * The network of the nodes: a Docker network on kind, a bridge on the embedded cluster.
 *
 * @param name of the Docker network
 */
public record NetworkSpec(String name, Ipv4 ipv4, Ipv6 ipv6) {

    /** A unique local subnet (RFC 4193): the default. */
    static final Ipv6 DEFAULT_IPV6 =
            new Ipv6(
                    Ipv6Prefix.parse("fd00:172:18:1::/64"),
                    Ipv6Prefix.parse("fd00:172:18:1::1/64"));

    /**
     * The network's IPv4 addresses.
     *
     * @param gateway an address of the subnet
     */
    public record Ipv4(Ipv4Prefix subnet, Ipv4Address gateway) {}

    /**
     * The network's IPv6 addresses.
     *
     * @param gateway an address of the subnet, with the subnet's length
     */
    public record Ipv6(Ipv6Prefix subnet, Ipv6Prefix gateway) {}
}
