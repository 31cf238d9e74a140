package dev.cnilab.kind;

import dev.cnilab.base.Failure;
import dev.cnilab.kind.docker.DockerEngine;
import dev.cnilab.kind.docker.DockerNetwork;
import dev.cnilab.kind.docker.NetworkDifferences;
import dev.cnilab.spec.NetworkSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Docker network of labs: several may use the same, whoever made it. */
record KindNetwork(DockerEngine engine) {

    /** On networks that a lab made; its value is that lab's name. */
    private static final String LABEL = "dev.cnilab.lab";

    /**
     * Whether it is there, as it should be.
     *
     * @throws Failure when one of that name is another
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
                "the Docker network " + spec.name() + " exists, and differs from the lab's",
                String.join("\n", differences),
                users.isEmpty()
                        ? "docker network rm " + spec.name() + ", and lab up creates it again"
                        : "give the lab's network another name and other subnets in a copy of its"
                                + " file; this one is used by "
                                + String.join(", ", users));
    }

    /**
     * @throws Failure when another network has the subnet
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
                    "docker network rm "
                            + holder.name()
                            + ", or other subnets in a copy of the lab's file");
        }
        engine.networks().create(spec, Map.of(LABEL, lab));
    }

    /**
     * Removes what labs made and none uses any more. Repeatable.
     *
     * @param used name of the network that the lab used; empty when that is lost
     */
    void release(String lab, String used) throws IOException {
        for (DockerNetwork listed : engine.networks().list()) {
            String maker = listed.labels().getOrDefault(LABEL, "");
            boolean concerned = listed.name().equals(used) || maker.equals(lab);
            if (!concerned || maker.isEmpty()) {
                continue;
            }
            // Only an inspection tells who is attached.
            Optional<DockerNetwork> network = engine.networks().find(listed.name());
            if (network.isPresent() && network.get().containers().isEmpty()) {
                engine.networks().delete(network.get());
            }
        }
    }
}
