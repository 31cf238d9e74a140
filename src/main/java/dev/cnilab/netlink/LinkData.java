package dev.cnilab.netlink;

import dev.cnilab.net.Ipv4Address;

/** Data specific to a link's kind (IFLA_INFO_DATA). */
public sealed interface LinkData {

    record Veth() implements LinkData {}

    record Bridge() implements LinkData {}

    /**
     * An IP-in-IP tunnel.
     *
     * @param local {@link Ipv4Address#ANY} for any
     * @param remote {@link Ipv4Address#ANY} for any
     * @param ttl 0 inherits the inner header's
     * @param tos 1 inherits the inner header's
     */
    record IpIp(Ipv4Address local, Ipv4Address remote, int ttl, int tos, boolean pmtudisc)
            implements LinkData {}

    /**
     * A VXLAN tunnel.
     *
     * @param vni the VXLAN network identifier
     * @param remote destination of frames whose MAC address is unknown
     * @param port UDP
     */
    record Vxlan(int vni, Ipv4Address local, Ipv4Address remote, int port) implements LinkData {}

    /** A link of another kind, or of none. */
    record Other() implements LinkData {}
}
