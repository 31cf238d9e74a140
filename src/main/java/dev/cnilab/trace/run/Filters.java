package dev.cnilab.trace.run;

import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.packet.Header;
import dev.cnilab.trace.DropReason;
import dev.cnilab.trace.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds rules and sysctls of a place that drop packets. */
final class Filters {

    private final ClusterInventory inhabitants;
    private final Networks networks;
    private final BaselineCounters before;

    Filters(ClusterInventory inhabitants, Networks networks, BaselineCounters before) {
        this.inhabitants = inhabitants;
        this.networks = networks;
        this.before = before;
    }

    Optional<Finding> reversePath(Hop last) {
        Place place = last.where();
        long moved = before.moved(place, "TcpExtIPReversePathFilter", networks);
        if (moved <= 0) {
            return Optional.empty();
        }
        String device = last.interfaceName();
        Ipv4Address sender = last.inner().source();
        Optional<Route> back = networks.at(place).route(sender);
        List<String> evidence = new ArrayList<>();
        evidence.add("TcpExtIPReversePathFilter grew by " + moved);
        // sysctl writes a slash for a dot inside a name.
        String key = "net.ipv4.conf." + device.replace('.', '/') + ".rp_filter";
        for (String each : List.of("net.ipv4.conf.all.rp_filter", key)) {
            evidence.add(each + " = " + sysctl(place, each));
        }
        evidence.add(
                "an answer to "
                        + sender
                        + " would leave by: "
                        + back.map(Route::line).orElse("no route"));
        return Optional.of(
                new Finding(
                        DropReason.RP_FILTER,
                        Explainer.name(place)
                                + " drops what comes in by "
                                + device
                                + " from "
                                + sender
                                + ": an answer would not leave by it",
                        evidence,
                        LossRemedy.change(
                                place,
                                back.filter(route -> isDetour(route, sender))
                                        .map(route -> "ip route del " + route.destination())
                                        .orElse("sysctl -w " + key + "=2"))));
    }

    /** Checks for a martian: the kernel drops incoming packets with a local address as source. */
    Optional<Finding> martian(Hop last) {
        Ipv4Address sender = last.inner().source();
        Ipv4Address destination = last.inner().destination();
        String name = Explainer.name(last.where());
        return networks.at(last.where()).has(sender)
                ? Optional.of(
                        new Finding(
                                DropReason.RP_FILTER,
                                name
                                        + " receives its own packet and drops it as a martian:"
                                        + " routes form a loop",
                                List.of(
                                        sender + " is " + name + "'s own address",
                                        "its route to "
                                                + destination
                                                + ": "
                                                + networks.at(last.where())
                                                        .route(destination)
                                                        .map(Route::line)
                                                        .orElse("none")),
                                new LossRemedy.At(last.where(), "ip route get " + destination)))
                : Optional.empty();
    }

    /** Whether it overrides the route to a node's pods for some of them. */
    private boolean isDetour(Route route, Ipv4Address pod) {
        return inhabitants
                .podsOf(pod)
                .flatMap(Node::podSubnet)
                .filter(subnet -> route.destination().length() > subnet.length())
                .isPresent();
    }

    Optional<Finding> forwardingOff(Place place) {
        return sysctl(place, "net.ipv4.ip_forward").equals("0")
                ? Optional.of(
                        new Finding(
                                DropReason.FORWARDING_OFF,
                                Explainer.name(place) + " does not forward",
                                List.of("net.ipv4.ip_forward = 0"),
                                LossRemedy.change(place, "sysctl -w net.ipv4.ip_forward=1")))
                : Optional.empty();
    }

    Optional<Finding> echoIgnored(Hop last) {
        boolean icmp = last.headers().stream().anyMatch(Header.Icmp.class::isInstance);
        return icmp && sysctl(last.where(), "net.ipv4.icmp_echo_ignore_all").equals("1")
                ? Optional.of(
                        new Finding(
                                DropReason.NO_ANSWER,
                                Explainer.name(last.where()) + " ignores echo requests",
                                List.of("net.ipv4.icmp_echo_ignore_all = 1"),
                                LossRemedy.change(
                                        last.where(), "sysctl -w net.ipv4.icmp_echo_ignore_all=0")))
                : Optional.empty();
    }

    /**
     * @param hook forward, input or output
     */
    Optional<Finding> dropped(Place place, String hook, DropReason loss, String what) {
        // Not the agent's rule against IP in IP from other hosts: the probe's comes from a node.
        List<DropRules.Rule> rules =
                DropRules.at(place, networks, hook).stream()
                        .filter(rule -> !rule.line().contains("!= @nodes"))
                        .toList();
        return rules.stream()
                .findFirst()
                .map(first ->
                        new Finding(
                                loss,
                                Explainer.name(place) + " " + what,
                                rules.stream().map(DropRules.Rule::line).toList(),
                                first.remedy().stream()
                                        .map(command -> LossRemedy.change(place, command))
                                        .toList()));
    }

    private String sysctl(Place place, String key) {
        return networks.output(place, "sysctl", "-n", key).strip();
    }
}
