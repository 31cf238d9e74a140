package dev.cnilab.verify.probe;

import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import dev.cnilab.spec.ProbeSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Probes of the Kubernetes API. */
final class StateProbes {

    private final ProbeContext surroundings;

    StateProbes(ProbeContext surroundings) {
        this.surroundings = surroundings;
    }

    /** Claims on the cluster's nodes, and on the lab's nodes that it lacks. */
    List<Claim> nodesReady() {
        List<Claim> claims = new ArrayList<>();
        Set<String> wanted = new HashSet<>(surroundings.spec().nodeNames());
        for (Node node : surroundings.nodes()) {
            wanted.remove(node.name());
            claims.add(Claim.equal(node.name(), "Ready", ready(node.ready()), ""));
        }
        wanted.stream()
                .sorted()
                .map(name -> Claim.equal(name, "Ready", "absent", ""))
                .forEach(claims::add);
        return claims;
    }

    List<Claim> pods(ProbeSpec.Pods probe) throws IOException {
        List<Claim> claims = new ArrayList<>();
        Set<String> covered = new HashSet<>();
        for (Pod pod : surroundings.pods()) {
            if (!pod.namespace().equals(probe.namespace())
                    || !pod.labels().entrySet().containsAll(probe.selector().entrySet())) {
                continue;
            }
            pod.node().ifPresent(covered::add);
            claims.add(
                    Claim.that(
                            pod.name(),
                            "Running and Ready",
                            pod.ready(),
                            (pod.phase() + " " + pod.reason()).strip()));
            if (probe.inNodeSubnet()) {
                claims.add(inSubnet(pod));
            }
        }
        claims.add(
                Claim.that(
                        "pods of " + probe.namespace() + " " + probe.selector(),
                        "at least one",
                        !claims.isEmpty(),
                        claims.isEmpty() ? "none" : "some"));
        if (probe.onEveryNode()) {
            for (Node node : surroundings.nodes()) {
                boolean has = covered.contains(node.name());
                claims.add(Claim.equal(node.name(), "has a pod", has ? "has a pod" : "none", ""));
            }
        }
        return claims;
    }

    private Claim inSubnet(Pod pod) throws IOException {
        if (pod.node().isEmpty() || pod.ip().isEmpty()) {
            return Claim.equal(pod.name(), "an address", "none", "");
        }
        var subnet = surroundings.node(pod.node().get()).podSubnet();
        return Claim.that(
                pod.name(),
                "an address in " + subnet.map(Object::toString).orElse("its node's podCIDR"),
                subnet.isPresent() && subnet.get().contains(pod.ip().get()),
                pod.ip().get().toString());
    }

    private static String ready(boolean ready) {
        return ready ? "Ready" : "NotReady";
    }
}
