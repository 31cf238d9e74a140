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
 * @param linkKind in iproute2's words: veth, bridge, ipip, tun; "" for a physical one
 * @param nanos since the trace's first sighting
 * @param headers outermost first; of the first fragment, should there be several
 * @param length of the frame in bytes
 * @param frames how many frames carried it here; more than one when it was cut into fragments
 * @param changes what differs from the hop before
 * @param reasons what brought it here from the hop before
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

    /** The header that a tunnel put around the packet; empty where there is none. */
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
