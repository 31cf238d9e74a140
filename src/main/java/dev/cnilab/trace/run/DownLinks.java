package dev.cnilab.trace.run;

import dev.cnilab.cluster.Interfaces.Interface;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.trace.Hop;
import java.util.Collection;
import java.util.Optional;

/** Finds links that are down on a packet's path. */
final class DownLinks {

    private final ClusterInventory inhabitants;
    private final Networks networks;
    private final Collection<Place> places;
    private final DefaultRoutes defaults;

    /**
     * @param places nodes and outside
     */
    DownLinks(
            ClusterInventory inhabitants,
            Networks networks,
            Collection<Place> places,
            DefaultRoutes defaults) {
        this.inhabitants = inhabitants;
        this.networks = networks;
        this.places = places;
        this.defaults = defaults;
    }

    /** Checks the interface where it was seen last, and its bridge. */
    Optional<Finding> at(Hop last) {
        LocalNetwork network = networks.at(last.where());
        Optional<Interface> link = network.link(last.interfaceName());
        return down(last.where(), link)
                .or(() -> down(last.where(), link.flatMap(port -> network.link(port.master()))));
    }

    /** Checks the links between the place and that address. */
    Optional<Finding> between(Place place, Ipv4Address destination) {
        Optional<Interface> joining =
                networks.at(place).links().stream()
                        .filter(link -> LocalNetwork.joins(link, destination) && !link.up())
                        .findFirst();
        return down(place, joining).or(() -> ofPod(destination)).or(() -> ofNode(destination));
    }

    private Optional<Finding> ofPod(Ipv4Address address) {
        Optional<Pod> owner =
                inhabitants.pods().stream()
                        .filter(pod -> !pod.hostNetwork() && pod.ip().equals(Optional.of(address)))
                        .findFirst();
        return owner.flatMap(pod -> {
            Place inside = ClusterInventory.network(pod);
            Optional<Interface> own = withAddress(inside, address);
            Optional<Place> node = pod.node().map(Place.OnNode::new);
            return down(inside, own)
                    .or(() ->
                            node.flatMap(where ->
                                    down(
                                            where,
                                            own.flatMap(link ->
                                                    networks.at(where)
                                                            .interfaces()
                                                            .numbered(link.peerIndex())))));
        });
    }

    private Optional<Finding> ofNode(Ipv4Address address) {
        return places.stream()
                .flatMap(place -> down(place, withAddress(place, address)).stream())
                .findFirst();
    }

    private Optional<Interface> withAddress(Place place, Ipv4Address address) {
        return networks.at(place).links().stream()
                .filter(link -> LocalNetwork.addresses(link).anyMatch(address::equals))
                .findFirst();
    }

    private Optional<Finding> down(Place place, Optional<Interface> link) {
        return link.filter(each -> !each.up()).map(each -> finding(place, each));
    }

    private Finding finding(Place place, Interface link) {
        Finding down = Finding.down(place, link.name());
        return defaults.missing(place)
                ? defaults.remedy(place, link)
                        .map(route ->
                                down.and("ip route show: no default, which went with it", route))
                        .orElse(down)
                : down;
    }
}
