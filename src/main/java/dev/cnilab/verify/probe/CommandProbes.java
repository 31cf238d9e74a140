package dev.cnilab.verify.probe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.cluster.Interfaces;
import dev.cnilab.cluster.Node;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.spec.ProbeSpec;
import dev.cnilab.spec.Template;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Probes that run commands in nodes and pods and check their output. */
final class CommandProbes {

    /** The number of header lines of {@code route -n}. */
    private static final int ROUTE_HEADINGS = 2;

    /**
     * Commands whose output depends on the network namespace only, so that the pod's image need not
     * have them. Those that resolve names, such as ping, are the pod's own.
     */
    private static final Set<String> NETWORK_COMMANDS = Set.of("ip", "route", "ss");

    private final ProbeContext surroundings;

    CommandProbes(ProbeContext surroundings) {
        this.surroundings = surroundings;
    }

    List<Claim> command(ProbeSpec.Command probe) throws IOException {
        List<Claim> claims = new ArrayList<>();
        for (Vantage spot : surroundings.spots(probe.on())) {
            Values values = Values.at(surroundings, spot);
            List<String> argv = new ArrayList<>();
            for (Template word : probe.argv()) {
                argv.add(values.fill(word));
            }
            ExecResult result =
                    NETWORK_COMMANDS.contains(argv.getFirst())
                            ? surroundings.runInNetwork(spot, argv)
                            : surroundings.run(spot, argv);
            String subject = spot.name() + ": " + String.join(" ", argv);
            claims.add(
                    Claim.equal(
                            subject,
                            "exit code " + probe.exitCode(),
                            "exit code " + result.exitCode(),
                            result.stdout() + result.stderr()));
            if (probe.stdout().isPresent()) {
                claims.add(output(subject, probe.stdout().get(), values, result));
            }
        }
        return claims;
    }

    private static Claim output(
            String subject, ProbeSpec.Output expected, Values values, ExecResult result)
            throws IOException {
        String seen = result.stdout().strip();
        return switch (expected) {
            case ProbeSpec.Output.Equals exact ->
                    Claim.equal(subject, values.fill(exact.text()).strip(), seen, result.stderr());
            case ProbeSpec.Output.Matches matches -> {
                String regex = values.fillRegex(matches.regex());
                boolean found = Pattern.compile(regex).matcher(seen).find();
                yield new Claim(subject, "output like " + regex, seen, found, result.stderr());
            }
        };
    }

    List<Claim> routes(ProbeSpec.Routes probe) throws IOException {
        List<Claim> claims = new ArrayList<>();
        for (Vantage spot : surroundings.spots(probe.on())) {
            Values values = Values.at(surroundings, spot);
            TreeSet<String> expected = new TreeSet<>();
            for (Template line : probe.exactly()) {
                expected.add(columns(values.fill(line)));
            }
            ExecResult result = surroundings.runInNetwork(spot, List.of("route", "-n"));
            TreeSet<String> seen = new TreeSet<>();
            result.stdout().lines().skip(ROUTE_HEADINGS).forEach(line -> seen.add(columns(line)));
            claims.add(
                    Claim.equal(
                            spot.name() + ": route -n",
                            String.join("\n", expected),
                            String.join("\n", seen),
                            result.stdout() + result.stderr()));
        }
        return claims;
    }

    private static String columns(String line) {
        return line.strip().replaceAll("\\s+", " ");
    }

    List<Claim> link(ProbeSpec.Link probe) throws IOException {
        List<Claim> claims = new ArrayList<>();
        for (Vantage spot : surroundings.spots(probe.on())) {
            Values values = Values.at(surroundings, spot);
            String name = values.fill(probe.name());
            String subject = spot.name() + ": " + name;
            Optional<Interfaces.Interface> found =
                    surroundings.interfaces(spot.location()).named(name);
            if (found.isEmpty()) {
                claims.add(Claim.equal(subject, "there", "absent", ""));
            } else {
                check(probe, values, found.get(), subject, claims);
            }
        }
        return claims;
    }

    private static void check(
            ProbeSpec.Link probe,
            Values values,
            Interfaces.Interface link,
            String subject,
            List<Claim> claims)
            throws IOException {
        claims.add(Claim.equal(subject, "up", link.up() ? "up" : "down", ""));
        if (probe.kind().isPresent()) {
            String kind = values.fill(probe.kind().get());
            claims.add(Claim.equal(subject + " kind", kind, link.kind(), ""));
        }
        if (probe.mtu().isPresent()) {
            String mtu = values.fill(probe.mtu().get());
            claims.add(Claim.equal(subject + " mtu", mtu, String.valueOf(link.mtu()), ""));
        }
        if (probe.local().isPresent() && !link.kind().equals("tun")) {
            String local = values.fill(probe.local().get());
            claims.add(Claim.equal(subject + " local", local, link.local(), ""));
        }
        if (probe.addresses().isPresent()) {
            TreeSet<String> addresses = new TreeSet<>();
            for (Template address : probe.addresses().get()) {
                addresses.add(values.fill(address));
            }
            claims.add(
                    Claim.equal(
                            subject + " addresses",
                            addresses.toString(),
                            new TreeSet<>(link.addresses()).toString(),
                            ""));
        }
    }

    List<Claim> nodeRoutes(ProbeSpec.NodeRoutes probe) throws IOException {
        List<Claim> claims = new ArrayList<>();
        String device = surroundings.fill(probe.device());
        for (Node node : surroundings.nodes()) {
            JsonNode routes =
                    surroundings.json(
                            Vantage.on(node).location(), List.of("ip", "-j", "route", "show"));
            for (Node peer : surroundings.nodes()) {
                if (!peer.equals(node)) {
                    claims.add(nodeRoute(device, node, peer, routes));
                }
            }
        }
        return claims.isEmpty()
                ? List.of(
                        Claim.equal(
                                "routes", "none: there is one node", "none: there is one node", ""))
                : claims;
    }

    private static Claim nodeRoute(String device, Node node, Node peer, JsonNode routes) {
        String destination = peer.podSubnet().map(Ipv4Prefix::toString).orElse("no podCIDR");
        String expected = destination + " via " + peer.internalIp() + " dev " + device + " onlink";
        String seen = "no route to " + destination;
        for (JsonNode route : routes) {
            if (route.path("dst").asText().equals(destination)) {
                boolean onlink = false;
                for (JsonNode flag : route.path("flags")) {
                    onlink |= flag.asText().equals("onlink");
                }
                seen =
                        destination
                                + " via "
                                + route.path("gateway").asText("none")
                                + " dev "
                                + route.path("dev").asText()
                                + (onlink ? " onlink" : "");
            }
        }
        return Claim.equal(node.name(), expected, seen, routes.toString());
    }
}
