package dev.cnilab.preflight;

import dev.cnilab.host.SearchPath;
import dev.cnilab.spec.CniSpec;
import dev.cnilab.spec.LabSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The requirements of every provider that runs on this machine.
 *
 * @param programs where programs are searched
 * @param state the parent directory of labs' state; need not exist
 */
public record MachineRequirements(SearchPath programs, Path state) implements Requirements {

    private static final Path PROC = Path.of("/proc");

    private static final Set<LocalProvider> BOTH = Set.of(LocalProvider.values());

    /** For recommendations. */
    private static final Set<LocalProvider> NONE = Set.of();

    @Override
    public List<Requirement> of(LabSpec spec) {
        return Stream.of(cni(spec), network(), resources(spec)).flatMap(List::stream).toList();
    }

    /**
     * Returns the requirement to write before a lab has anything: of every provider.
     *
     * @param state the parent directory of labs' state; need not exist
     */
    public static Requirement state(Path state) {
        return new Requirement("state-writable", BOTH, new StateWritable(state));
    }

    private List<Requirement> cni(LabSpec spec) {
        KernelModules ipip = new KernelModules(programs, "ipip");
        IpipDriver driver = new IpipDriver(ipip);
        KernelModules tun = new KernelModules(programs, "tun");
        return switch (spec.cni()) {
            case CniSpec.Flannel _ -> List.of();
            case CniSpec.Conflist conflist ->
                    List.of(new Requirement("cni-plugins", BOTH, new CniPlugins(conflist)));
            case CniSpec.LabIpip _ ->
                    List.of(
                            new Requirement("ipip", NONE, driver, ipip::load),
                            new Requirement("tun", BOTH, new Tun(driver, tun), tun::load));
        };
    }

    private List<Requirement> network() {
        KernelModules tables =
                new KernelModules(
                        programs,
                        "nft_chain_nat",
                        "nft_masq",
                        "nft_ct",
                        "nft_fib_ipv4",
                        "nft_reject_ipv4",
                        "nft_numgen");
        KernelModules bridge = new KernelModules(programs, "br_netfilter");
        return List.of(
                new Requirement("loopback", BOTH, new Loopback(), Loopback::up),
                new Requirement("nf-tables", BOTH, new NfTables(tables), tables::load),
                new Requirement("br-netfilter", NONE, new BridgeFilter(bridge), bridge::load));
    }

    private List<Requirement> resources(LabSpec spec) {
        Sysctls sysctls = new Sysctls(spec.host().sysctls());
        return List.of(
                new Requirement("jdk", BOTH, new Jdk(Runtime.version())),
                state(state),
                new Requirement("disk", BOTH, new Disk(state)),
                new Requirement("memory", NONE, new Memory(PROC, spec.nodes().size())),
                new Requirement("sysctls", Set.of(LocalProvider.KIND), sysctls, sysctls::raise));
    }
}
