package dev.cnilab.net.packet;

import java.util.List;
import java.util.Optional;

/**
 * A decoded frame.
 *
 * @param headers outermost first; at least one
 * @param payloadLength bytes after the last decoded header, without link-layer padding
 * @param truncated whether the headers announce more bytes than are present
 */
public record Packet(List<Header> headers, int payloadLength, boolean truncated) {

    public Packet {
        headers = List.copyOf(headers);
    }

    /**
     * Decodes any bytes; what cannot be decoded becomes a {@link Header.Unknown} or {@link
     * Header.Truncated}.
     */
    public static Packet decode(LinkType linkType, byte[] frame) {
        return new PacketDecoder(frame).decode(linkType);
    }

    /** Returns the outermost header of that type. */
    public <H extends Header> Optional<H> first(Class<H> type) {
        return all(type).stream().findFirst();
    }

    /** Returns all headers of that type, outermost first. */
    public <H extends Header> List<H> all(Class<H> type) {
        return headers.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Returns what the outermost tunnel carries, from its first inner header on. */
    public Optional<Packet> inner() {
        int inner = innerStart();
        return inner == headers.size()
                ? Optional.empty()
                : Optional.of(
                        new Packet(
                                headers.subList(inner, headers.size()), payloadLength, truncated));
    }

    /** Returns the headers outside of any tunnel. */
    List<Header> outerHeaders() {
        return headers.subList(0, innerStart());
    }

    /** Formats all headers in one line, outermost first. */
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
