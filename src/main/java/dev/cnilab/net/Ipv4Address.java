package dev.cnilab.net;

/**
 * An IPv4 address.
 *
 * @param bits the address as a big-endian integer: 10.0.0.1 is 0x0a000001
 */
public record Ipv4Address(int bits) implements Comparable<Ipv4Address> {

    public static final Ipv4Address ANY = new Ipv4Address(0);

    /**
     * Parses dotted-quad notation: four decimal numbers of 0 to 255, without leading zeros.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Ipv4Address parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw invalid(text);
        }
        int bits = 0;
        for (String part : parts) {
            bits = bits << 8 | octet(part, text);
        }
        return new Ipv4Address(bits);
    }

    /**
     * Reads an address from bytes in network byte order.
     *
     * @param bytes the four from {@code offset} on are read
     */
    public static Ipv4Address of(byte[] bytes, int offset) {
        return new Ipv4Address(
                (bytes[offset] & 0xff) << 24
                        | (bytes[offset + 1] & 0xff) << 16
                        | (bytes[offset + 2] & 0xff) << 8
                        | bytes[offset + 3] & 0xff);
    }

    public static Ipv4Address of(byte[] bytes) {
        return of(bytes, 0);
    }

    /** Returns the four bytes in network byte order. */
    public byte[] toBytes() {
        return new byte[] {
            (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
        };
    }

    /** Returns the address {@code offset} after this one; wraps around after 255.255.255.255. */
    public Ipv4Address plus(int offset) {
        return new Ipv4Address(bits + offset);
    }

    public Ipv4Prefix asPrefix() {
        return new Ipv4Prefix(this, 32);
    }

    @Override
    public int compareTo(Ipv4Address other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return (bits >>> 24)
                + "."
                + (bits >>> 16 & 0xff)
                + "."
                + (bits >>> 8 & 0xff)
                + "."
                + (bits & 0xff);
    }

    private static int octet(String part, String text) {
        boolean digits = !part.isEmpty() && part.length() <= 3;
        for (int i = 0; digits && i < part.length(); i++) {
            digits = part.charAt(i) >= '0' && part.charAt(i) <= '9';
        }
        if (!digits || part.length() > 1 && part.charAt(0) == '0') {
            throw invalid(text);
        }
        int value = Integer.parseInt(part);
        if (value > 255) {
            throw invalid(text);
        }
        return value;
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("not an IPv4 address: '" + text + "'");
    }
}
