package dev.cnilab.cluster.preflight;

import dev.cnilab.host.Failure;
import dev.cnilab.host.SearchPath;
import dev.cnilab.spec.CniSpec;
import dev.cnilab.spec.LabSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks whether this machine has what labs need.
 *
 * @param environment of this process
 * @param state the folder that labs keep their state below; need not exist
 */
public record Preflight(Map<String, String> environment, Path state) {

    private static final Path PROC = Path.of("/proc");

    private static final Set<Target> EMBEDDED = Set.of(Target.EMBEDDED);
    private static final Set<Target> KIND = Set.of(Target.KIND);
    private static final Set<Target> BOTH = Set.of(Target.values());

    /** Good to have. */
    private static final Set<Target> NONE = Set.of();

    public Preflight {
        environment = Map.copyOf(environment);
    }

    /** All that the lab needs, roots of trouble before what follows from them. */
    public List<Need> needs(LabSpec spec) {
        return Stream.of(processes(), tunnel(spec), rules(), docker(spec), resources(spec))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Looks for what the provider can't do without, up to the first that is missing.
     *
     * @throws Failure naming that
     */
    public void require(Target target, LabSpec spec) throws Failure {
        for (Need need : needs(spec)) {
            if (need.neededBy().contains(target)
                    && need.examine().finding() instanceof Finding.Missing missing) {
                throw new Failure(
                        Failure.Kind.PREFLIGHT,
                        need.id(),
                        missing.meaning(),
                        missing.seen(),
                        missing.remedy());
            }
        }
    }

    private List<Need> processes() {
        KernelModules overlay = modules("overlay");
        return List.of(
                need("jdk", BOTH, new Jdk(Runtime.version())),
                need("privileges", EMBEDDED, new Privileges(PROC)),
                need("network-namespaces", EMBEDDED, new NetworkNamespaces()),
                new Need("overlayfs", EMBEDDED, new NodeDirectories(overlay), overlay::load));
    }

    private List<Need> tunnel(LabSpec spec) {
        KernelModules ipip = modules("ipip");
        IpipDriver driver = new IpipDriver(ipip);
        return switch (spec.cni()) {
            case CniSpec.Conflist _ -> List.of();
            case CniSpec.LabIpip _ -> {
                KernelModules tun = modules("tun");
                yield List.of(
                        new Need("ipip", NONE, driver, ipip::load),
                        new Need("tun", BOTH, new Tun(driver, tun), tun::load));
            }
            case CniSpec.Flannel _ ->
                    List.of(
                            need("flannel-images", EMBEDDED, new FlannelImages()),
                            new Need("flannel-ipip", KIND, new FlannelDriver(driver), ipip::load));
        };
    }

    private List<Need> rules() {
        KernelModules tables =
                modules(
                        "nft_chain_nat",
                        "nft_masq",
                        "nft_ct",
                        "nft_fib_ipv4",
                        "nft_reject_ipv4",
                        "nft_numgen");
        KernelModules bridge = modules("br_netfilter");
        return List.of(
                new Need("nf-tables", BOTH, new NfTables(tables), tables::load),
                new Need("br-netfilter", NONE, new BridgeFilter(bridge), bridge::load));
    }

    private List<Need> docker(LabSpec spec) {
        String kind = environment.getOrDefault("LAB_KIND", "kind");
        return List.of(
                need("docker", KIND, new Docker(environment)),
                need(
                        "docker-cli",
                        KIND,
                        new Program(
                                "docker",
                                programs(),
                                "provider kind can't be used: kind runs this program",
                                "install docker-cli, or Docker whole")),
                need(
                        "kind",
                        NONE,
                        new Program(
                                kind,
                                programs(),
                                "provider kind fetches it, unless --no-download forbids that",
                                "install kind (https://kind.sigs.k8s.io), or set LAB_KIND to its"
                                        + " path")),
                need("subnets", KIND, new FreeSubnets(spec, environment)));
    }

    private List<Need> resources(LabSpec spec) {
        Sysctls sysctls = new Sysctls(spec.host().sysctls());
        return List.of(
                new Need("sysctls", KIND, sysctls, sysctls::raise),
                need("disk", BOTH, new Disk(state)),
                need("state-folder", EMBEDDED, new StateFolder(state)),
                need("memory", NONE, new Memory(PROC, spec.nodes().size())));
    }

    private static Need need(String id, Set<Target> neededBy, Look look) {
        return new Need(id, neededBy, look, Mend.NOTHING);
    }

    KernelModules modules(String... names) {
        return new KernelModules(List.of(names), programs());
    }

    private SearchPath programs() {
        return new SearchPath(environment.getOrDefault("PATH", ""));
    }
}
