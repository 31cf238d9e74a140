package dev.cnilab.trace.run;

import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.packet.Header;
import dev.cnilab.trace.Change;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Explains each hop: changes to the previous one, and why the packet got there. */
final class Explainer {

    private final Networks networks;
    private final NatExplainer translations;

    Explainer(Networks networks, NatExplainer translations) {
        this.networks = networks;
        this.translations = translations;
    }

    /**
     * @param start hops' times are relative to it
     * @param reply whether it is the reply, whose address translation is reversed
     */
    List<Hop> hops(List<ObservedHop> passages, Instant start, boolean reply) {
        List<Hop> hops = new ArrayList<>();
        Optional<Header.Ethernet> ethernet = Optional.empty();
        for (int i = 0; i < passages.size(); i++) {
            ObservedHop now = passages.get(i);
            List<Reason> reasons = new ArrayList<>();
            List<Change> changes = List.of();
            if (i == 0) {
                route(now, now.inner(), reasons);
            } else {
                ObservedHop before = passages.get(i - 1);
                changes = Changes.between(before, now, ethernet, reply);
                if (before.where().equals(now.where())) {
                    within(before, now, reply, reasons);
                } else {
                    across(before, now, reasons);
                }
            }
            if (i == passages.size() - 1) {
                delivery(now, reasons);
            }
            ethernet = now.sighting().packet().first(Header.Ethernet.class).or(() -> before(hops));
            hops.add(hop(now, start, changes, reasons));
        }
        return hops;
    }

    private static Optional<Header.Ethernet> before(List<Hop> hops) {
        return hops.reversed().stream().flatMap(hop -> hop.ethernet().stream()).findFirst();
    }

    private static Hop hop(
            ObservedHop passage, Instant start, List<Change> changes, List<Reason> reasons) {
        return new Hop(
                passage.where(),
                passage.link().name(),
                passage.link().kind(),
                passage.sighting().frame().direction(),
                Duration.between(start, passage.sighting().frame().time()).toNanos(),
                passage.sighting().packet().headers(),
                passage.sighting().frame().wireLength(),
                passage.frames(),
                changes,
                reasons);
    }

    /** From one interface to another in the same place. */
    private void within(ObservedHop before, ObservedHop now, boolean reply, List<Reason> reasons) {
        translations.explain(before, now, reply, reasons);
        boolean wasWrapped = before.sighting().outer().isPresent();
        Optional<Header.Ipv4> outer = now.sighting().outer();
        if (!wasWrapped && outer.isPresent()) {
            reasons.add(
                    new Reason(
                            Reason.Kind.ENCAPSULATION,
                            before.link().name()
                                    + " puts "
                                    + outer.get().source()
                                    + " > "
                                    + outer.get().destination()
                                    + ", protocol "
                                    + outer.get().protocol()
                                    + ", around it",
                            "",
                            "ip -d link show " + before.link().name()));
            route(now, outer.get(), reasons);
        } else if (wasWrapped && outer.isEmpty()) {
            reasons.add(
                    new Reason(
                            Reason.Kind.DECAPSULATION,
                            now.link().name()
                                    + " takes "
                                    + before.sighting()
                                            .outer()
                                            .map(ip -> ip.source() + " > " + ip.destination())
                                            .orElse("")
                                    + " off",
                            "",
                            "ip -d link show " + now.link().name()));
        } else if (before.isPortOf(now)) {
            bridge("port " + before.link().name() + " of " + now.link().name(), now, reasons);
        } else if (now.isPortOf(before)) {
            bridge(before.link().name() + " to its port " + now.link().name(), before, reasons);
        } else if (!now.link().master().isEmpty()
                && now.link().master().equals(before.link().master())) {
            bridge(
                    now.link().master()
                            + ", from port "
                            + before.link().name()
                            + " to port "
                            + now.link().name(),
                    now,
                    reasons);
        } else if (now.sighting().goesOut()) {
            route(now, now.inner(), reasons);
        }
        if (now.frames() != before.frames()) {
            reasons.add(
                    new Reason(
                            Reason.Kind.FRAGMENTATION,
                            now.frames() > before.frames()
                                    ? "the MTU of " + now.link().name() + " is " + now.link().mtu()
                                    : "reassembled",
                            "",
                            "ip link show " + now.link().name()));
        }
    }

    private static void bridge(String text, ObservedHop shown, List<Reason> reasons) {
        String bridge = shown.isBridge() ? shown.link().name() : shown.link().master();
        reasons.add(new Reason(Reason.Kind.BRIDGE, text, "", "ip link show master " + bridge));
    }

    /** From one place to another: by a veth pair, or over a network without captures. */
    private void across(ObservedHop before, ObservedHop now, List<Reason> reasons) {
        boolean pair =
                before.link().peerIndex() != 0
                        && before.link().peerIndex() == now.link().index()
                        && now.link().peerIndex() == before.link().index();
        String text = before.link().name() + " of " + name(before.where());
        reasons.add(
                pair
                        ? new Reason(
                                Reason.Kind.VETH_PAIR,
                                "the other end of " + text,
                                "",
                                "ip link show " + now.link().name())
                        : new Reason(
                                Reason.Kind.BRIDGE,
                                "by the network between, from " + text,
                                "",
                                ""));
    }

    /**
     * Adds the route and the neighbour of a packet with that header that left by that interface.
     */
    private void route(ObservedHop out, Header.Ipv4 header, List<Reason> reasons) {
        LocalNetwork network = networks.at(out.where());
        Ipv4Address destination = header.destination();
        Optional<Route> route =
                network.route(destination)
                        .filter(entry ->
                                entry.device().equals(out.link().name())
                                        || out.link().master().equals(entry.device()));
        route.ifPresent(entry -> {
            reasons.add(
                    new Reason(
                            Reason.Kind.ROUTE,
                            entry.line(),
                            entry.entry(),
                            "ip route get " + destination));
            network.neigh(entry.nextHop(destination), entry.device())
                    .ifPresent(neigh ->
                            reasons.add(
                                    new Reason(
                                            Reason.Kind.NEIGHBOUR,
                                            neigh.line(),
                                            "",
                                            "ip neigh show dev " + entry.device())));
        });
    }

    private void delivery(ObservedHop last, List<Reason> reasons) {
        Ipv4Address address = last.inner().destination();
        if (!last.sighting().goesOut() && networks.at(last.where()).has(address)) {
            reasons.add(
                    new Reason(
                            Reason.Kind.DELIVERY,
                            address + " is " + name(last.where()) + "'s own",
                            "",
                            "ip address show"));
        }
    }

    static String name(Place location) {
        return switch (location) {
            case Place.OnNode(String node) -> node;
            case Place.InPod(_, String pod) -> pod;
            case Place.Outside() -> "outside";
        };
    }
}
