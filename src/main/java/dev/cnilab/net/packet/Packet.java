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

    /** What a tunnel carries: the packet from the second IPv4 header on, if there is one. */
    public Optional<Packet> inner() {
        int second = secondIpv4();
        return second == headers.size()
                ? Optional.empty()
                : Optional.of(
                        new Packet(
                                headers.subList(second, headers.size()), payloadLength, truncated));
    }

    /** The headers outside of any tunnel. */
    List<Header> outerHeaders() {
        return headers.subList(0, secondIpv4());
    }

    /** One line that names every header, outermost first. */
    @Override
    public String toString() {
        return PacketText.line(this);
    }

    private int secondIpv4() {
        int seen = 0;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.get(i) instanceof Header.Ipv4 && ++seen == 2) {
                return i;
            }
        }
        return headers.size();
    }
}
