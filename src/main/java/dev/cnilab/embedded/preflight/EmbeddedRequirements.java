package dev.cnilab.embedded.preflight;

import dev.cnilab.host.SearchPath;
import dev.cnilab.preflight.KernelModules;
import dev.cnilab.preflight.LocalProvider;
import dev.cnilab.preflight.Requirement;
import dev.cnilab.preflight.Requirements;
import dev.cnilab.spec.CniSpec;
import dev.cnilab.spec.LabSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The embedded cluster's requirements.
 *
 * @param programs where programs are searched
 * @param state the parent directory of labs' state; need not exist
 */
public record EmbeddedRequirements(SearchPath programs, Path state) implements Requirements {

    private static final Path PROC = Path.of("/proc");
    private static final Set<LocalProvider> EMBEDDED = Set.of(LocalProvider.EMBEDDED);

    /**
     * Returns the requirement of every command that needs root. It is met for a user who can become
     * root of a user namespace.
     */
    public static Requirement privileges() {
        return new Requirement(
                "privileges", EMBEDDED, new Privileges(PROC, Privileges.asRoot("true")));
    }

    @Override
    public List<Requirement> of(LabSpec spec) {
        KernelModules overlay = new KernelModules(programs, "overlay");
        return Stream.concat(
                        Stream.of(
                                privileges(),
                                new Requirement(
                                        "network-namespaces", EMBEDDED, new NetworkNamespaces()),
                                new Requirement(
                                        "overlayfs",
                                        EMBEDDED,
                                        new NodeDirectories(overlay),
                                        overlay::load),
                                new Requirement("node-sysctls", EMBEDDED, new WritableSysctls()),
                                new Requirement("state-folder", EMBEDDED, new StateFolder(state))),
                        images(spec))
                .toList();
    }

    private static Stream<Requirement> images(LabSpec spec) {
        return spec.cni() instanceof CniSpec.Flannel
                ? Stream.of(new Requirement("flannel-images", EMBEDDED, new FlannelImages()))
                : Stream.empty();
    }
}
