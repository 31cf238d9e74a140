package dev.cnilab.cni.ipam;

import dev.cnilab.cni.CniException;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that a node may allocate to pods: its subnet without base, broadcast and gateway
 * address. In 10.244.1.0/24 with gateway .1 these are .2 to .254.
 *
 * @param gateway the gateway's address, with the subnet's length
 */
public record Pool(Ipv4Prefix gateway) {

    /** A /31 has no address for pods. */
    private static final int LONGEST = 30;

    /**
     * Creates a pool.
     *
     * @throws CniException code 7 when the subnet has no address for pods
     */
    public static Pool of(Ipv4Prefix gateway) throws CniException {
        if (gateway.length() > LONGEST || gateway.length() < 8) {
            throw new CniException(
                    CniException.Code.CONFIG,
                    "subnet " + gateway + " is not usable",
                    "its length must be in 8.." + LONGEST);
        }
        return new Pool(gateway);
    }

    /** Returns the number of allocatable addresses. */
    public int size() {
        return (int) gateway.size() - 3;
    }

    public boolean contains(Ipv4Address address) {
        return gateway.contains(address)
                && !address.equals(gateway.address())
                && !address.equals(gateway.network().address())
                && !address.equals(gateway.broadcast());
    }

    /**
     * Returns the next free address after {@code last}, wrapping around, so that an address is
     * reused as late as possible.
     *
     * @param last the address allocated last; null to start at the beginning
     * @return empty when all are reserved
     */
    public Optional<Ipv4Address> next(@Nullable Ipv4Address last, Predicate<Ipv4Address> taken) {
        int all = (int) gateway.size();
        int from =
                last == null || !gateway.contains(last)
                        ? 0
                        : last.bits() - gateway.network().address().bits();
        for (int step = 1; step <= all; step++) {
            Ipv4Address candidate = gateway.host((from + step) % all);
            if (contains(candidate) && !taken.test(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
