package dev.cnilab.net.packet;

import java.util.List;
import java.util.Optional;

/**
 * A decoded frame.
 *
 * @param headers outermost first; at least one
 * @param payloadLength bytes present after the last header that was understood, link padding left
 *     out
 * @param truncated whether the headers announce more than there is
 */
public record Packet(List<Header> headers, int payloadLength, boolean truncated) {

    public Packet {
        headers = List.copyOf(headers);
    }

    /** Decodes any bytes; what can't be understood becomes a header that says so. */
    public static Packet decode(LinkType linkType, byte[] frame) {
        return new PacketDecoder(frame).decode(linkType);
    }

    /** The outermost header of that type. */
    public <H extends Header> Optional<H> first(Class<H> type) {
        return all(type).stream().findFirst();
    }

    /** All headers of that type, outermost first. */
    public <H extends Header> List<H> all(Class<H> type) {
        return headers.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What the outermost tunnel carries: the headers from its first inner one on. */
    public Optional<Packet> inner() {
        int inner = innerStart();
        return inner == headers.size()
                ? Optional.empty()
                : Optional.of(
                        new Packet(
                                headers.subList(inner, headers.size()), payloadLength, truncated));
    }

    /** The headers outside of any tunnel. */
    List<Header> outerHeaders() {
        return headers.subList(0, innerStart());
    }

    /** One line that names every header, outermost first. */
    @Override
    public String toString() {
        return PacketText.line(this);
    }

    /** IP in IP begins with the second IPv4 header, VXLAN with the inner Ethernet header. */
    private int innerStart() {
        boolean ip = false;
        for (int i = 0; i < headers.size(); i++) {
            boolean isIp = headers.get(i) instanceof Header.Ipv4;
            if (isIp && ip || i > 0 && headers.get(i - 1) instanceof Header.Vxlan) {
                return i;
            }
            ip |= isIp;
        }
        return headers.size();
    }
}
