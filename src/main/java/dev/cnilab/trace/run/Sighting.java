package dev.cnilab.trace.run;

import dev.cnilab.cluster.Place;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Header;
import dev.cnilab.net.packet.Packet;
import java.util.List;
import java.util.Optional;

/** A frame with the place where it was captured. */
record Sighting(Place where, Frame frame, Packet packet) {

    static Sighting of(Place where, Frame frame) {
        return new Sighting(where, frame, frame.decode());
    }

    boolean isIpv4() {
        return packet.first(Header.Ipv4.class).isPresent();
    }

    /** The innermost IPv4 header. */
    Header.Ipv4 inner() {
        return packet.all(Header.Ipv4.class).getLast();
    }

    Optional<Header.Ipv4> outer() {
        List<Header.Ipv4> headers = packet.all(Header.Ipv4.class);
        return headers.size() > 1 ? Optional.of(headers.getFirst()) : Optional.empty();
    }

    Optional<Header.Icmp> icmp() {
        return packet.first(Header.Icmp.class);
    }

    Optional<Header.Tcp> tcp() {
        return packet.first(Header.Tcp.class);
    }

    boolean goesOut() {
        return frame.direction() == Frame.Direction.OUT;
    }
}
