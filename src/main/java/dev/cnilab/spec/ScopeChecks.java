package dev.cnilab.spec;

import dev.cnilab.spec.ProbeSpec.Header;
import dev.cnilab.spec.ProbeSpec.Point;
import dev.cnilab.spec.ProbeSpec.Sighting;
import dev.cnilab.spec.Variable.Scope;
import dev.cnilab.spec.yaml.Problems;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Checks that the variables of each expectation have a value where it is evaluated. */
final class ScopeChecks {

    private final Problems problems;
    private final String path;
    private final Set<Scope> scopes;

    private ScopeChecks(Problems problems, String path, Set<Scope> scopes) {
        this.problems = problems;
        this.path = path;
        this.scopes = scopes;
    }

    static void check(LabSpec lab, Problems problems) {
        List<StepSpec> steps = lab.verify().steps();
        for (int i = 0; i < steps.size(); i++) {
            String path = "verify.steps[" + i + "]";
            new ScopeChecks(problems, path, EnumSet.of(Scope.LAB))
                    .one("command", steps.get(i).command());
            check(steps.get(i).probe(), path + ".probe", problems);
        }
    }

    private static void check(ProbeSpec probe, String path, Problems problems) {
        switch (probe) {
            case ProbeSpec.NodesReady _, ProbeSpec.Pods _ -> {}
            case ProbeSpec.NodeRoutes routes ->
                    new ScopeChecks(problems, path + ".node-routes", EnumSet.of(Scope.LAB))
                            .one("device", routes.device());
            case ProbeSpec.Payload _ -> {}
            case ProbeSpec.Command command -> {
                var checks = new ScopeChecks(problems, path + ".command", of(command.on()));
                checks.all("argv", command.argv());
                command.stdout().ifPresent(checks::output);
            }
            case ProbeSpec.Http http -> {
                Set<Scope> scopes = of(http.from());
                scopes.addAll(Set.of(Scope.TO, Scope.TO_POD));
                var checks = new ScopeChecks(problems, path + ".http", scopes);
                checks.one("body", http.body());
                http.seenSource()
                        .ifPresent(source -> {
                            checks.one("seenSource.sameNode", source.sameNode());
                            checks.one("seenSource.otherNode", source.otherNode());
                        });
            }
            case ProbeSpec.Routes routes ->
                    new ScopeChecks(problems, path + ".routes", of(routes.on()))
                            .all("exactly", routes.exactly());
            case ProbeSpec.Link link -> {
                var checks = new ScopeChecks(problems, path + ".link", of(link.on()));
                checks.one("name", link.name());
                link.kind().ifPresent(kind -> checks.one("kind", kind));
                link.mtu().ifPresent(mtu -> checks.one("mtu", mtu));
                link.local().ifPresent(local -> checks.one("local", local));
                link.addresses().ifPresent(all -> checks.all("addresses", all));
            }
            case ProbeSpec.FirstHop hop -> {
                var checks =
                        new ScopeChecks(problems, path + ".first-hop", EnumSet.allOf(Scope.class));
                checks.one("srcIp", hop.srcIp());
                checks.one("srcMac", hop.srcMac());
                checks.one("dstIp", hop.dstIp());
                checks.one("dstMac", hop.dstMac());
            }
            case ProbeSpec.Packets packets -> {
                Set<Scope> scopes = of(packets.from());
                scopes.add(Scope.TO);
                if (packets.to() instanceof Target.OnePod) {
                    scopes.add(Scope.TO_POD);
                }
                var checks = new ScopeChecks(problems, path + ".packets", scopes);
                checks.sightings("at", packets.at());
                checks.sightings("never", packets.never());
            }
        }
    }

    private static Set<Scope> of(Target place) {
        return switch (place) {
            case Target.Outside _ -> EnumSet.of(Scope.LAB);
            case Target.EachNode _, Target.OneNode _ -> EnumSet.of(Scope.LAB, Scope.NODE);
            case Target.EachPod _, Target.OnePod _ -> EnumSet.of(Scope.LAB, Scope.NODE, Scope.POD);
        };
    }

    private void output(ProbeSpec.Output output) {
        switch (output) {
            case ProbeSpec.Output.Equals equals -> one("stdout.equals", equals.text());
            case ProbeSpec.Output.Matches matches -> one("stdout.matches", matches.regex());
        }
    }

    private void sightings(String key, List<Sighting> sightings) {
        for (int i = 0; i < sightings.size(); i++) {
            Sighting sighting = sightings.get(i);
            String place = key + "[" + i + "]";
            boolean nowhere =
                    sighting.where() == Point.POD && !scopes.contains(Scope.POD)
                            || sighting.where() == Point.TO_POD && !scopes.contains(Scope.TO_POD);
            if (nowhere) {
                problems.at(
                        path + "." + place + ".where",
                        "no " + sighting.where().text() + " here: a node pings or is pinged",
                        "");
            }
            one(place + ".interface", sighting.interfaceName());
            headers(place + ".headers", sighting.headers());
        }
    }

    private void headers(String key, List<Header> headers) {
        for (int i = 0; i < headers.size(); i++) {
            String header = key + "[" + i + "]";
            switch (headers.get(i)) {
                case Header.Ethernet(Template src, Template dst) -> {
                    one(header + ".ethernet.src", src);
                    one(header + ".ethernet.dst", dst);
                }
                case Header.Ipv4 ip -> {
                    one(header + ".ipv4.src", ip.src());
                    one(header + ".ipv4.dst", ip.dst());
                }
                case Header.EchoRequest() -> {}
            }
        }
    }

    private void all(String key, List<Template> templates) {
        for (int i = 0; i < templates.size(); i++) {
            one(key + "[" + i + "]", templates.get(i));
        }
    }

    private void one(String key, Template template) {
        for (String name : template.variables()) {
            Scope scope = Variable.of(name).map(Variable::scope).orElse(Scope.LAB);
            if (!scopes.contains(scope)) {
                problems.at(
                        path + "." + key,
                        "variable '" + name + "' has no value here",
                        "nothing here is " + whose(scope));
            }
        }
    }

    private static String whose(Scope scope) {
        return switch (scope) {
            case LAB -> "the lab";
            case NODE -> "on a node";
            case POD -> "in a pod";
            case TO -> "sent to another place";
            case TO_POD -> "sent to a pod";
        };
    }
}
