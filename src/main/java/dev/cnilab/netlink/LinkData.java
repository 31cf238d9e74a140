package dev.cnilab.netlink;

import dev.cnilab.net.Ipv4Address;

/** What only links of one kind have (IFLA_INFO_DATA). */
public sealed interface LinkData {

    record Veth() implements LinkData {}

    record Bridge() implements LinkData {}

    /**
     * @param local {@link Ipv4Address#ANY} for any
     * @param remote {@link Ipv4Address#ANY} for any
     * @param ttl 0 inherits the inner one
     * @param tos 1 inherits the inner one
     */
    record IpIp(Ipv4Address local, Ipv4Address remote, int ttl, int tos, boolean pmtudisc)
            implements LinkData {}

    /**
     * @param vni the network identifier
     * @param remote where frames go whose destination is unknown
     * @param port UDP
     */
    record Vxlan(int vni, Ipv4Address local, Ipv4Address remote, int port) implements LinkData {}

    /** Of another kind, or of none. */
    record Other() implements LinkData {}
}
