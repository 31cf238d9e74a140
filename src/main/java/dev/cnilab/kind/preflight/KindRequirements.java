package dev.cnilab.kind.preflight;

import dev.cnilab.host.SearchPath;
import dev.cnilab.preflight.IpipDriver;
import dev.cnilab.preflight.KernelModules;
import dev.cnilab.preflight.LocalProvider;
import dev.cnilab.preflight.Program;
import dev.cnilab.preflight.Requirement;
import dev.cnilab.preflight.Requirements;
import dev.cnilab.spec.CniSpec;
import dev.cnilab.spec.LabSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The requirements of the provider kind.
 *
 * @param environment of this process
 */
public record KindRequirements(Map<String, String> environment) implements Requirements {

    private static final Set<LocalProvider> KIND = Set.of(LocalProvider.KIND);

    public KindRequirements {
        environment = Map.copyOf(environment);
    }

    @Override
    public List<Requirement> of(LabSpec spec) {
        SearchPath programs = SearchPath.of(environment);
        return Stream.concat(
                        Stream.of(
                                new Requirement("docker", KIND, new DockerAnswers(environment)),
                                new Requirement("docker-cli", KIND, dockerCli(programs)),
                                new Requirement("kind", Set.of(), kind(programs)),
                                new Requirement(
                                        "subnets", KIND, new FreeSubnets(spec, environment))),
                        driver(spec, programs))
                .toList();
    }

    private static Program dockerCli(SearchPath programs) {
        return new Program(
                "docker",
                programs,
                "provider kind can't be used: kind runs this program",
                "install docker-cli or Docker");
    }

    private Program kind(SearchPath programs) {
        return new Program(
                environment.getOrDefault("LAB_KIND", "kind"),
                programs,
                "lab up downloads it, unless --no-download is set",
                "install kind (https://kind.sigs.k8s.io), or set LAB_KIND to its path");
    }

    /** The kernel's driver, for labs whose CNI is flannel itself. */
    private static Stream<Requirement> driver(LabSpec spec, SearchPath programs) {
        KernelModules ipip = new KernelModules(programs, "ipip");
        return spec.cni() instanceof CniSpec.Flannel
                ? Stream.of(
                        new Requirement(
                                "flannel-ipip",
                                KIND,
                                new FlannelDriver(new IpipDriver(ipip)),
                                ipip::load))
                : Stream.empty();
    }
}
