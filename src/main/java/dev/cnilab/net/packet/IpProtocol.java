package dev.cnilab.net.packet;

/** IP protocol numbers (IANA "Protocol Numbers"). */
public final class IpProtocol {

    public static final int ICMP = 1;

    /** IPv4 inside IPv4, RFC 2003. */
    public static final int IPIP = 4;

    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int GRE = 47;
    public static final int ICMPV6 = 58;

    private IpProtocol() {}
}
