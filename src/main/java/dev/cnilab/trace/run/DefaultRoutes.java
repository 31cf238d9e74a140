package dev.cnilab.trace.run;

import dev.cnilab.cluster.Interfaces.Interface;
import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.Collection;
import java.util.Optional;

/** Finds missing default routes. The kernel removes them when their link goes down. */
final class DefaultRoutes {

    private static final Ipv4Prefix ANYWHERE = Ipv4Prefix.parse("0.0.0.0/0");

    private final Networks networks;
    private final Collection<Place> places;

    /**
     * @param places nodes and outside
     */
    DefaultRoutes(Networks networks, Collection<Place> places) {
        this.networks = networks;
        this.places = places;
    }

    /** Whether the place has no default route. */
    boolean missing(Place place) {
        return networks.at(place).routes().stream()
                .noneMatch(route -> route.destination().equals(ANYWHERE));
    }

    /** The command that adds it, if one of the place's links leads to another place's bridge. */
    Optional<LossRemedy> remedy(Place place) {
        return networks.at(place).links().stream()
                .flatMap(link -> remedy(place, link).stream())
                .findFirst();
    }

    /** The command that adds it over that link. */
    Optional<LossRemedy> remedy(Place place, Interface link) {
        return places.stream()
                .filter(other -> !other.equals(place))
                .flatMap(other -> networks.at(other).links().stream())
                .filter(other -> other.kind().equals("bridge"))
                .flatMap(LocalNetwork::addresses)
                .filter(gateway -> LocalNetwork.joins(link, gateway))
                .findFirst()
                .map(gateway -> command(place, link, gateway));
    }

    private static LossRemedy command(Place place, Interface link, Ipv4Address gateway) {
        return LossRemedy.change(
                place, "ip route add default via " + gateway + " dev " + link.name());
    }
}
