package dev.cnilab.spec;

import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.spec.yaml.Problems;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that a lab's subnets are consistent, and that they do not overlap with those of the
 * machine.
 */
public final class Subnets {

    /** The network address, the gateway's and the broadcast address. */
    private static final int NOT_FOR_NODES = 3;

    private Subnets() {}

    /**
     * A subnet of the lab that overlaps with another one.
     *
     * @param path of the lab's subnet in its file
     */
    public record Clash(String path, Ipv4Prefix subnet, Ipv4Prefix other) {}

    /**
     * Returns the overlaps of the lab's IPv4 subnets with others. A default route overlaps with
     * nothing.
     *
     * @param others routes of a machine, or subnets of other labs
     */
    public static List<Clash> clashes(LabSpec lab, Collection<Ipv4Prefix> others) {
        return byPath(lab).entrySet().stream()
                .flatMap(own ->
                        others.stream()
                                .filter(o -> o.length() > 0 && o.overlaps(own.getValue()))
                                .map(o -> new Clash(own.getKey(), own.getValue(), o)))
                .toList();
    }

    static void check(LabSpec lab, Problems problems) {
        checkEachOther(lab, problems);
        checkGateways(lab.network(), problems);
        checkRoom(lab, problems);
        if (lab.cni() instanceof CniSpec.Ipip cni
                && !cni.network().equals(lab.kubernetes().podSubnet())) {
            problems.at(
                    "cni.network",
                    cni.network() + " is not kubernetes.podSubnet " + lab.kubernetes().podSubnet(),
                    "make them the same");
        }
    }

    private static Map<String, Ipv4Prefix> byPath(LabSpec lab) {
        Map<String, Ipv4Prefix> subnets = new LinkedHashMap<>();
        subnets.put("network.ipv4.subnet", lab.network().ipv4().subnet());
        subnets.put("kubernetes.podSubnet", lab.kubernetes().podSubnet());
        subnets.put("kubernetes.serviceSubnet", lab.kubernetes().serviceSubnet());
        return subnets;
    }

    private static void checkEachOther(LabSpec lab, Problems problems) {
        Map<String, Ipv4Prefix> before = new LinkedHashMap<>();
        byPath(lab)
                .forEach((path, subnet) -> {
                    before.forEach((otherPath, other) -> {
                        if (subnet.overlaps(other)) {
                            problems.at(
                                    path,
                                    subnet + " overlaps " + otherPath + " " + other,
                                    "choose a subnet that does not overlap it");
                        }
                    });
                    before.put(path, subnet);
                });
    }

    private static void checkGateways(NetworkSpec network, Problems problems) {
        NetworkSpec.Ipv4 v4 = network.ipv4();
        boolean host =
                v4.subnet().contains(v4.gateway())
                        && !v4.gateway().equals(v4.subnet().address())
                        && !v4.gateway().equals(v4.subnet().broadcast());
        if (!host) {
            problems.at(
                    "network.ipv4.gateway",
                    v4.gateway() + " is not a host address in " + v4.subnet(),
                    "by default it is " + v4.subnet().host(1));
        }
        Ipv6Prefix subnet = network.ipv6().subnet();
        Ipv6Prefix gateway = network.ipv6().gateway();
        if (!gateway.network().equals(subnet) || gateway.equals(subnet)) {
            problems.at(
                    "network.ipv6.gateway",
                    gateway.address() + " is not a host address in " + subnet,
                    "by default it is " + subnet.host(1).address());
        }
    }

    private static void checkRoom(LabSpec lab, Problems problems) {
        int count = lab.nodes().size();
        int capacity = lab.kubernetes().nodeCapacity();
        if (count > capacity) {
            problems.at(
                    "kubernetes.podSubnet",
                    lab.kubernetes().podSubnet()
                            + " has room for "
                            + capacity
                            + " nodes at a /"
                            + KubernetesSpec.NODE_PREFIX_LENGTH
                            + " each, the lab has "
                            + count,
                    "choose a larger one");
        }
        Ipv4Prefix network = lab.network().ipv4().subnet();
        if (count > network.size() - NOT_FOR_NODES) {
            problems.at(
                    "network.ipv4.subnet",
                    network + " has no addresses for " + count + " nodes",
                    "choose a larger one");
        }
    }
}
