package dev.cnilab.trace.run;

import dev.cnilab.net.packet.Header;
import dev.cnilab.net.packet.Packet;
import dev.cnilab.trace.Change;
import dev.cnilab.trace.Change.Field;
import dev.cnilab.trace.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Compares the headers of a packet at one interface with those at the interface before. */
final class Changes {

    private final ObservedHop before;
    private final ObservedHop after;

    /**
     * In a reply, address translation is reversed: DNAT of the request changes the reply's source.
     */
    private final boolean reply;

    private final List<Change> changes = new ArrayList<>();

    private Changes(ObservedHop before, ObservedHop after, boolean reply) {
        this.before = before;
        this.after = after;
        this.reply = reply;
    }

    /**
     * @param ethernet the last Ethernet header before this hop; a tunnel device has none
     */
    static List<Change> between(
            ObservedHop before,
            ObservedHop after,
            Optional<Header.Ethernet> ethernet,
            boolean reply) {
        Changes changes = new Changes(before, after, reply);
        changes.ethernet(ethernet);
        changes.outer();
        changes.inner();
        return changes.changes;
    }

    private void ethernet(Optional<Header.Ethernet> old) {
        Optional<Header.Ethernet> now = after.sighting().packet().first(Header.Ethernet.class);
        if (old.isPresent() && now.isPresent()) {
            add(Field.SOURCE_MAC, old.get().source(), now.get().source(), Reason.Kind.ROUTE);
            add(
                    Field.DESTINATION_MAC,
                    old.get().destination(),
                    now.get().destination(),
                    Reason.Kind.NEIGHBOUR);
        }
    }

    private void outer() {
        String old = before.sighting().outer().map(Changes::ends).orElse("");
        String now = after.sighting().outer().map(Changes::ends).orElse("");
        add(
                Field.OUTER,
                old,
                now,
                now.isEmpty() ? Reason.Kind.DECAPSULATION : Reason.Kind.ENCAPSULATION);
    }

    private void inner() {
        Header.Ipv4 old = before.inner();
        Header.Ipv4 now = after.inner();
        Reason.Kind ofSource = reply ? Reason.Kind.DNAT : Reason.Kind.SNAT;
        Reason.Kind ofDestination = reply ? Reason.Kind.SNAT : Reason.Kind.DNAT;
        add(Field.SOURCE, old.source(), now.source(), ofSource);
        add(Field.DESTINATION, old.destination(), now.destination(), ofDestination);
        port(Header.Tcp::sourcePort).ifPresent(p -> add(Field.SOURCE_PORT, p[0], p[1], ofSource));
        port(Header.Tcp::destinationPort)
                .ifPresent(p -> add(Field.DESTINATION_PORT, p[0], p[1], ofDestination));
        add(Field.TTL, old.ttl(), now.ttl(), Reason.Kind.ROUTE);
        add(Field.FRAGMENTS, before.frames(), after.frames(), Reason.Kind.FRAGMENTATION);
    }

    private Optional<Integer[]> port(Function<Header.Tcp, Integer> port) {
        Optional<Integer> old = tcp(before.sighting().packet()).map(port);
        Optional<Integer> now = tcp(after.sighting().packet()).map(port);
        return old.isPresent() && now.isPresent()
                ? Optional.of(new Integer[] {old.get(), now.get()})
                : Optional.empty();
    }

    private static Optional<Header.Tcp> tcp(Packet packet) {
        return packet.first(Header.Tcp.class);
    }

    private static String ends(Header.Ipv4 header) {
        return header.source() + " > " + header.destination();
    }

    private void add(Field field, Object old, Object now, Reason.Kind because) {
        if (!old.equals(now)) {
            changes.add(new Change(field, old.toString(), now.toString(), because));
        }
    }
}
