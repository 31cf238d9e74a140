package dev.cnilab.tool;

import dev.cnilab.net.packet.Header;
import dev.cnilab.net.packet.LinkType;
import dev.cnilab.net.packet.Packet;
import java.util.Arrays;
import java.util.Optional;

/** An ICMP error about an echo request sent by this process, which it quotes. */
record IcmpError(int sequence, String reason) {

    /** iputils' texts for the codes of "destination unreachable". */
    private static final String[] UNREACHABLE = {
        "Destination Net Unreachable",
        "Destination Host Unreachable",
        "Destination Protocol Unreachable",
        "Destination Port Unreachable",
    };

    static Optional<IcmpError> about(byte[] message, int identifier) {
        Packet packet = Packet.decode(LinkType.RAW_IP, message);
        Optional<Header.Icmp> error = packet.first(Header.Icmp.class);
        if (error.isEmpty() || error.get().isEcho()) {
            return Optional.empty();
        }
        int quote = packet.first(Header.Ipv4.class).orElseThrow().headerLength() + 8;
        return Packet.decode(LinkType.RAW_IP, Arrays.copyOfRange(message, quote, message.length))
                .first(Header.Icmp.class)
                .filter(h -> h.type() == Header.Icmp.ECHO_REQUEST)
                .filter(h -> h.identifier() == identifier)
                .map(h -> new IcmpError(h.sequence(), reason(error.get())));
    }

    private static String reason(Header.Icmp error) {
        return switch (error.type()) {
            case Header.Icmp.UNREACHABLE ->
                    error.code() == Header.Icmp.FRAGMENTATION_NEEDED
                            ? "Frag needed and DF set (mtu = " + error.nextHopMtu() + ")"
                            : error.code() < UNREACHABLE.length
                                    ? UNREACHABLE[error.code()]
                                    : "Dest Unreachable, Bad Code: " + error.code();
            case Header.Icmp.TIME_EXCEEDED -> "Time to live exceeded";
            default -> "ICMP type " + error.type() + " code " + error.code();
        };
    }
}
