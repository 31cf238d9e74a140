package dev.cnilab.net;

/**
 * The tunnel between nodes.
 *
 * @param device its name on every node
 * @param overhead of the outer header, in bytes
 * @param protocol number of the outer header's payload (IANA protocol numbers)
 */
public record Tunnel(String device, TunnelDriver driver, int overhead, int protocol) {

    /** flannel's device for IP in IP (pkg/backend/ipip/ipip.go). */
    public static final String IPIP_DEVICE = "flannel.ipip";

    /** An IPv4 header without options (RFC 791), around IPv4 (RFC 2003). */
    public static final int IPIP_OVERHEAD = 20;

    public static final int IPIP_PROTOCOL = 4;

    public static Tunnel ipip(TunnelDriver driver) {
        return new Tunnel(IPIP_DEVICE, driver, IPIP_OVERHEAD, IPIP_PROTOCOL);
    }
}
