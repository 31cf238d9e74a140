package dev.cnilab.trace.run;

import dev.cnilab.cluster.Interfaces.Interface;
import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A packet at one interface: one sighting, or one per fragment.
 *
 * @param link where it was seen, if known
 */
record ObservedHop(Sighting sighting, int frames, Interface link) {

    /** Distinguishes packets that pass the same interface more than once. */
    private record Key(
            Place where,
            String interfaceName,
            Frame.Direction direction,
            int ttl,
            Ipv4Address source,
            Ipv4Address destination) {

        static Key of(Sighting sighting, int ttl) {
            Header.Ipv4 ip = sighting.inner();
            return new Key(
                    sighting.where(),
                    sighting.frame().interfaceName(),
                    sighting.frame().direction(),
                    ttl,
                    ip.source(),
                    ip.destination());
        }
    }

    /** Groups fragments, and drops packets that a bridge flooded to other interfaces. */
    static List<ObservedHop> of(List<Sighting> sightings, Networks networks) {
        Map<Key, List<Sighting>> passages = new LinkedHashMap<>();
        for (Sighting sighting : sightings) {
            if (!isForAnother(sighting, link(sighting, networks))) {
                passages.computeIfAbsent(key(sighting, passages), _ -> new ArrayList<>())
                        .add(sighting);
            }
        }
        return passages.values().stream()
                .map(each ->
                        new ObservedHop(
                                each.getFirst(), each.size(), link(each.getFirst(), networks)))
                .toList();
    }

    /**
     * A later fragment is grouped with the first one regardless of TTL: reassembly in the kernel
     * may overwrite its header before the capture reads it.
     */
    private static Key key(Sighting sighting, Map<Key, List<Sighting>> passages) {
        Key own = Key.of(sighting, sighting.inner().ttl());
        return sighting.inner().isLaterFragment()
                ? passages.keySet().stream()
                        .filter(key -> key.equals(Key.of(sighting, key.ttl())))
                        .findFirst()
                        .orElse(own)
                : own;
    }

    static Interface link(Sighting sighting, Networks networks) {
        String name = sighting.frame().interfaceName();
        return networks.at(sighting.where())
                .link(name)
                .orElseGet(() -> new Interface(0, 0, name, "", 0, "", true, "", List.of(), ""));
    }

    private static boolean isForAnother(Sighting sighting, Interface link) {
        Optional<Header.Ethernet> ethernet = sighting.packet().first(Header.Ethernet.class);
        return !sighting.goesOut()
                && ethernet.isPresent()
                && link.master().isEmpty()
                && !link.kind().equals("bridge")
                && !link.mac().isEmpty()
                && !ethernet.get().destination().toString().equals(link.mac());
    }

    Place where() {
        return sighting.where();
    }

    Header.Ipv4 inner() {
        return sighting.inner();
    }

    boolean isBridge() {
        return link.kind().equals("bridge");
    }

    boolean isPortOf(ObservedHop bridge) {
        return link.master().equals(bridge.link.name());
    }
}
