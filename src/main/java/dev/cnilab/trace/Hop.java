package dev.cnilab.trace;

import dev.cnilab.cluster.Place;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Header;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The packet at one interface.
 *
 * @param linkKind iproute2's name: veth, bridge, ipip, tun; "" for a physical one
 * @param nanos since the trace's first sighting
 * @param headers outermost first; of the first fragment, if fragmented
 * @param length of the frame in bytes
 * @param frames the number of frames; more than one if fragmented
 * @param changes to the previous hop
 * @param reasons why it got here from the previous hop
 */
public record Hop(
        Place where,
        String interfaceName,
        String linkKind,
        Frame.Direction direction,
        long nanos,
        List<Header> headers,
        int length,
        int frames,
        List<Change> changes,
        List<Reason> reasons) {

    public Hop {
        headers = List.copyOf(headers);
        changes = List.copyOf(changes);
        reasons = List.copyOf(reasons);
    }

    /** Empty on a link without Ethernet, such as the tunnel device. */
    public Optional<Header.Ethernet> ethernet() {
        return all(Header.Ethernet.class).findFirst();
    }

    /** The tunnel's outer header; empty if not encapsulated. */
    public Optional<Header.Ipv4> outer() {
        return all(Header.Ipv4.class).count() > 1
                ? all(Header.Ipv4.class).findFirst()
                : Optional.empty();
    }

    /** The packet's own header. */
    public Header.Ipv4 inner() {
        return all(Header.Ipv4.class).reduce((_, last) -> last).orElseThrow();
    }

    private <H extends Header> Stream<H> all(Class<H> type) {
        return headers.stream().filter(type::isInstance).map(type::cast);
    }
}
