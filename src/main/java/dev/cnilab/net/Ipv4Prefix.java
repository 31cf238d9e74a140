package dev.cnilab.net;

/**
 * An IPv4 address with a prefix length, as in {@code 10.244.0.1/24}. Host bits are kept: it can be
 * an interface address and, through {@link #network()}, a subnet.
 *
 * @param length 0 to 32
 */
public record Ipv4Prefix(Ipv4Address address, int length) {

    public Ipv4Prefix {
        if (length < 0 || length > 32) {
            throw new IllegalArgumentException("prefix length " + length + " is not in 0..32");
        }
    }

    /**
     * Parses CIDR notation.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Ipv4Prefix parse(String text) {
        int slash = text.indexOf('/');
        String length = slash < 0 ? "" : text.substring(slash + 1);
        if (!length.matches("0|[1-9][0-9]?") || Integer.parseInt(length) > 32) {
            throw new IllegalArgumentException("not an IPv4 prefix: '" + text + "'");
        }
        return new Ipv4Prefix(
                Ipv4Address.parse(text.substring(0, slash)), Integer.parseInt(length));
    }

    /** Returns the subnet: this prefix with all host bits zero. */
    public Ipv4Prefix network() {
        return new Ipv4Prefix(new Ipv4Address(address.bits() & mask()), length);
    }

    public boolean isNetwork() {
        return (address.bits() & ~mask()) == 0;
    }

    public Ipv4Address netmask() {
        return new Ipv4Address(mask());
    }

    public Ipv4Address broadcast() {
        return new Ipv4Address(address.bits() | ~mask());
    }

    /** Returns the number of addresses, 1 to 2^32. */
    public long size() {
        return 1L << 32 - length;
    }

    /** Returns the address at {@code index} from the subnet's first address; not range-checked. */
    public Ipv4Address host(int index) {
        return network().address().plus(index);
    }

    public boolean contains(Ipv4Address other) {
        return (other.bits() & mask()) == (address.bits() & mask());
    }

    public boolean contains(Ipv4Prefix other) {
        return other.length >= length && contains(other.address);
    }

    public boolean overlaps(Ipv4Prefix other) {
        return contains(other.network()) || other.contains(network());
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }

    private int mask() {
        return length == 0 ? 0 : -1 << 32 - length;
    }
}
