package dev.cnilab.trace.run;

import dev.cnilab.net.packet.Header;
import dev.cnilab.net.packet.IpProtocol;
import java.util.Optional;

/**
 * The invariant fields of a packet on its path: the IPv4 identification and the transport header's
 * fields that address translation does not change. Addresses, ports, MACs, TTL and tunnels may
 * differ.
 */
record Fingerprint(Sighting first) {

    boolean matches(Sighting other) {
        if (!other.isIpv4()) {
            return false;
        }
        Header.Ipv4 one = first.inner();
        Header.Ipv4 two = other.inner();
        return one.id() == two.id()
                && one.protocol() == two.protocol()
                && (two.isLaterFragment()
                        ? one.source().equals(two.source()) || one.id() != 0
                        : one.protocol() == IpProtocol.ICMP ? sameIcmp(other) : sameTcp(other));
    }

    private boolean sameIcmp(Sighting other) {
        Optional<Header.Icmp> one = first.icmp();
        Optional<Header.Icmp> two = other.icmp();
        if (one.isEmpty() || two.isEmpty() || one.get().type() != two.get().type()) {
            return false;
        }
        if (one.get().isError()) {
            return quotes(other, first.packet().first(Header.Quote.class).map(Header.Quote::id));
        }
        // Not the ICMP identifier: source translation may change it, like a port.
        boolean translated = !first.inner().source().equals(other.inner().source());
        return one.get().sequence() == two.get().sequence()
                && (translated || one.get().identifier() == two.get().identifier());
    }

    private boolean sameTcp(Sighting other) {
        return first.tcp().isPresent()
                && other.tcp().isPresent()
                && first.tcp().get().sequence() == other.tcp().get().sequence()
                && first.tcp().get().acknowledgment() == other.tcp().get().acknowledgment()
                && first.tcp().get().flags() == other.tcp().get().flags();
    }

    /** Whether it is an ICMP error that quotes a packet of that identification. */
    static boolean quotes(Sighting error, Optional<Integer> id) {
        return error.packet().first(Header.Quote.class).map(Header.Quote::id).equals(id);
    }
}
