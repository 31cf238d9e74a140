package dev.cnilab.cni.ipam;

import dev.cnilab.cni.CniException;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that a node may give its pods: its subnet without base, broadcast and gateway. In
 * 10.244.1.0/24 with gateway .1 these are .2 to .254.
 *
 * @param gateway the gateway's address, with the subnet's length
 */
public record Pool(Ipv4Prefix gateway) {

    /** Below /30 nothing is left to give; above /8 nobody has one. */
    private static final int LONGEST = 30;

    /**
     * @throws CniException code 7 when the subnet has no address to give
     */
    public static Pool of(Ipv4Prefix gateway) throws CniException {
        if (gateway.length() > LONGEST || gateway.length() < 8) {
            throw new CniException(
                    CniException.Code.CONFIG,
                    "subnet " + gateway + " is no pool of addresses",
                    "its length must be in 8.." + LONGEST);
        }
        return new Pool(gateway);
    }

    /** How many addresses there are to give. */
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
     * The next free address: the first after {@code last}, around the end, so that an address comes
     * back as late as it can.
     *
     * @param last the address given last; null to start at the beginning
     * @return empty when all are taken
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
