package dev.cnilab.trace.run;

import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.packet.Header;
import dev.cnilab.trace.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the rules that translated a packet's addresses between two interfaces of a place. */
final class NatExplainer {

    private final Networks networks;
    private final ClusterInventory inhabitants;
    private final Map<Place, NatRules> rules = new HashMap<>();

    NatExplainer(Networks networks, ClusterInventory inhabitants) {
        this.networks = networks;
        this.inhabitants = inhabitants;
    }

    void explain(ObservedHop before, ObservedHop now, boolean reply, List<Reason> reasons) {
        Header.Ipv4 old = before.inner();
        Header.Ipv4 fresh = now.inner();
        boolean source = !old.source().equals(fresh.source());
        boolean destination = !old.destination().equals(fresh.destination());
        if (reply) {
            back(
                    source,
                    Reason.Kind.DNAT,
                    fresh.source() + " was asked, " + old.source() + " answers",
                    reasons);
            back(
                    destination,
                    Reason.Kind.SNAT,
                    "the answer to " + old.destination() + " is for " + fresh.destination(),
                    reasons);
            return;
        }
        if (destination) {
            reasons.add(dnat(before, now));
        }
        if (source) {
            reasons.add(snat(before, now, destination));
        }
    }

    private static void back(boolean changed, Reason.Kind kind, String text, List<Reason> reasons) {
        if (changed) {
            reasons.add(new Reason(kind, "connection tracking: " + text, "", ""));
        }
    }

    private Reason dnat(ObservedHop before, ObservedHop now) {
        Ipv4Address old = before.inner().destination();
        Ipv4Address fresh = now.inner().destination();
        int oldPort = port(before);
        int port = port(now);
        String words = service(old, oldPort) + " leads to " + fresh + ":" + port;
        return rules(now.where())
                .dnat(old, oldPort, fresh, port)
                .map(rule -> reason(Reason.Kind.DNAT, words, rule))
                .orElse(new Reason(Reason.Kind.DNAT, words, "", "kubectl get endpoints"));
    }

    private String service(Ipv4Address address, int port) {
        return inhabitants.services().stream()
                .filter(service ->
                        service.clusterIp().equals(Optional.of(address))
                                || service.nodePort() == port)
                .map(service -> "Service " + service.namespace() + "/" + service.name())
                .findFirst()
                .orElse(address + ":" + port);
    }

    private Reason snat(ObservedHop before, ObservedHop now, boolean translated) {
        Ipv4Address source = before.inner().source();
        boolean fromPod = isPod(source);
        boolean nodePort = inhabitants.serviceOfNodePort(port(before)).isPresent();
        String words = source + " is hidden behind " + now.inner().source();
        return rules(now.where())
                .snat(source, now.inner().destination(), translated && (nodePort || !fromPod))
                .map(rule ->
                        reason(
                                Reason.Kind.SNAT,
                                rule.masquerades() ? words + " (masquerade)" : words,
                                rule))
                .orElse(new Reason(Reason.Kind.SNAT, words, "", ""));
    }

    private static Reason reason(Reason.Kind kind, String words, NatRules.Rule rule) {
        return new Reason(kind, words + ", by chain " + rule.chain(), rule.line(), rule.shownBy());
    }

    private boolean isPod(Ipv4Address address) {
        return inhabitants.pods().stream()
                .anyMatch(pod -> !pod.hostNetwork() && pod.ip().equals(Optional.of(address)));
    }

    private static int port(ObservedHop passage) {
        return passage.sighting().tcp().map(Header.Tcp::destinationPort).orElse(0);
    }

    private NatRules rules(Place location) {
        return rules.computeIfAbsent(location, place -> NatRules.at(place, networks));
    }
}
