package dev.cnilab.kind;

import dev.cnilab.base.Failure;
import dev.cnilab.base.Remedy;
import dev.cnilab.kind.docker.DockerEngine;
import dev.cnilab.kind.docker.DockerNetwork;
import dev.cnilab.kind.docker.NetworkDifferences;
import dev.cnilab.spec.NetworkSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Docker network of labs; several labs may share one, also one created by kind. */
record KindNetwork(DockerEngine engine) {

    /** Label of networks created by lab; its value is the lab's name. */
    private static final String LABEL = "dev.cnilab.lab";

    /**
     * Whether the network exists with the spec's properties.
     *
     * @throws Failure if one of that name differs
     */
    boolean exists(NetworkSpec spec) throws IOException {
        Optional<DockerNetwork> found = engine.networks().find(spec.name());
        if (found.isEmpty()) {
            return false;
        }
        DockerNetwork usual = engine.networks().find("bridge").orElse(found.get());
        List<String> differences = NetworkDifferences.between(found.get(), spec, usual);
        if (differences.isEmpty()) {
            return true;
        }
        List<String> users = found.get().containers();
        throw new Failure(
                Failure.Kind.PREFLIGHT,
                "network-differs",
                "the Docker network " + spec.name() + " exists and differs from the lab's spec",
                String.join("\n", differences),
                users.isEmpty()
                        ? Remedy.type("docker network rm " + spec.name())
                                .with("then lab up creates it again")
                        : Remedy.advise(
                                "set another network name and other subnets in a copy of the lab's"
                                        + " file; this one is used by "
                                        + String.join(", ", users)));
    }

    /**
     * @throws Failure if another network has the subnet
     */
    void create(String lab, NetworkSpec spec) throws IOException {
        List<DockerNetwork> holders =
                engine.networks().list().stream()
                        .filter(network ->
                                network.ipv4Subnets().stream()
                                        .anyMatch(spec.ipv4().subnet()::overlaps))
                        .toList();
        if (!holders.isEmpty()) {
            DockerNetwork holder = holders.getFirst();
            throw new Failure(
                    Failure.Kind.PREFLIGHT,
                    "subnet-taken",
                    "the subnet " + spec.ipv4().subnet() + " is in use",
                    "by the Docker network " + holder.name() + ", " + holder.subnets(),
                    Remedy.type("docker network rm " + holder.name())
                            .with("or set other subnets in a copy of the lab's file"));
        }
        engine.networks().create(spec, Map.of(LABEL, lab));
    }

    /**
     * Removes networks created by labs and no longer used. Repeatable.
     *
     * @param used name of the network that the lab used; empty if unknown
     */
    void release(String lab, String used) throws IOException {
        for (DockerNetwork listed : engine.networks().list()) {
            String maker = listed.labels().getOrDefault(LABEL, "");
            boolean concerned = listed.name().equals(used) || maker.equals(lab);
            if (!concerned || maker.isEmpty()) {
                continue;
            }
            // Only inspect lists the attached containers.
            Optional<DockerNetwork> network = engine.networks().find(listed.name());
            if (network.isPresent() && network.get().containers().isEmpty()) {
                engine.networks().delete(network.get());
            }
        }
    }
}
