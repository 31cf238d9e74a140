package dev.cnilab.cni.backend;

import dev.cnilab.cni.backend.Datapath.Device;
import dev.cnilab.net.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Computes the operations that lead from one datapath to another, in a valid order. */
final class DatapathPlan {

    private final List<Operation> operations = new ArrayList<>();

    private DatapathPlan() {}

    /**
     * Returns the operations.
     *
     * @return empty when nothing differs
     */
    static List<Operation> between(Datapath actual, Datapath wanted) {
        DatapathPlan plan = new DatapathPlan();
        boolean lost = plan.device(actual.device(), wanted.device().orElseThrow());
        plan.routes(lost ? withoutTunnel(actual.routes()) : actual.routes(), wanted.routes());
        int mtu = wanted.bridgeMtu().orElseThrow();
        if (actual.bridgeMtu().isPresent() && actual.bridgeMtu().getAsInt() != mtu) {
            plan.operations.add(new Operation.SetMtu(Datapath.BRIDGE, mtu));
        }
        return List.copyOf(plan.operations);
    }

    /**
     * Adds the operations for the device; returns whether the routes over it are lost, since it was
     * down or is recreated.
     */
    private boolean device(Optional<Device> actual, Device wanted) {
        boolean keep = actual.isPresent() && actual.get().tunnel().equals(wanted.tunnel());
        if (!keep) {
            if (actual.isPresent()) {
                operations.add(new Operation.DeleteDevice());
            }
            operations.add(new Operation.CreateDevice(wanted.tunnel().local()));
        }
        Device device = keep ? actual.get() : new Device(wanted.tunnel(), 0, false, Set.of());
        if (device.mtu() != wanted.mtu()) {
            operations.add(new Operation.SetMtu(Datapath.TUNNEL, wanted.mtu()));
        }
        for (Ipv4Prefix address : minus(device.addresses(), wanted.addresses())) {
            operations.add(new Operation.DeleteAddress(address));
        }
        for (Ipv4Prefix address : minus(wanted.addresses(), device.addresses())) {
            operations.add(new Operation.AddAddress(address));
        }
        if (!device.up()) {
            operations.add(new Operation.SetUp());
        }
        return !device.up();
    }

    private void routes(Set<PeerRoute> actual, Set<PeerRoute> wanted) {
        List<PeerRoute> missing = minus(wanted, actual);
        Set<Ipv4Prefix> replaced = new HashSet<>();
        for (PeerRoute route : missing) {
            replaced.add(route.dst());
        }
        for (PeerRoute stale : minus(actual, wanted)) {
            // Replacing changes one route to the destination; any further ones are removed
            // separately.
            if (!replaced.remove(stale.dst())) {
                operations.add(new Operation.DeleteRoute(stale));
            }
        }
        for (PeerRoute route : missing) {
            operations.add(new Operation.PutRoute(route));
        }
    }

    private static Set<PeerRoute> withoutTunnel(Set<PeerRoute> routes) {
        return routes.stream()
                .filter(route -> !route.dev().equals(Datapath.TUNNEL))
                .collect(Collectors.toSet());
    }

    private static <T> List<T> minus(Set<T> from, Set<T> these) {
        return from.stream().filter(each -> !these.contains(each)).toList();
    }
}
