package dev.cnilab.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * An IPv6 address with a prefix length, as in {@code fd00:172:18:1::1/64}. Host bits are kept.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 * @param length 0 to 128
 */
public record Ipv6Prefix(long high, long low, int length) {

    public Ipv6Prefix {
        if (length < 0 || length > 128) {
            throw new IllegalArgumentException("prefix length " + length + " is not in 0..128");
        }
    }

    /**
     * Parses {@code address/length}.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Ipv6Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0
                || !text.substring(0, slash).matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")
                || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
            throw new IllegalArgumentException("not an IPv6 prefix: '" + text + "'");
        }
        try {
            byte[] bytes = InetAddress.getByName(text.substring(0, slash)).getAddress();
            if (bytes.length != 16) {
                throw new IllegalArgumentException("not an IPv6 prefix: '" + text + "'");
            }
            return of(bytes, Integer.parseInt(text.substring(slash + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IPv6 prefix: '" + text + "'", e);
        }
    }

    /**
     * Creates a prefix from an address's bytes.
     *
     * @param bytes sixteen, in network byte order
     */
    public static Ipv6Prefix of(byte[] bytes, int length) {
        return new Ipv6Prefix(word(bytes, 0), word(bytes, 8), length);
    }

    /** Returns the sixteen bytes of the address in network byte order. */
    public byte[] toBytes() {
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (high >>> 56 - 8 * i);
            bytes[8 + i] = (byte) (low >>> 56 - 8 * i);
        }
        return bytes;
    }

    public Ipv6Prefix network() {
        long highMask = length == 0 ? 0 : length >= 64 ? -1 : -1L << 64 - length;
        long lowMask = length <= 64 ? 0 : -1L << 128 - length;
        return new Ipv6Prefix(high & highMask, low & lowMask, length);
    }

    /**
     * Returns the address at {@code index} from the subnet's first address, with this prefix's
     * length.
     */
    public Ipv6Prefix host(long index) {
        Ipv6Prefix network = network();
        return new Ipv6Prefix(network.high, network.low + index, length);
    }

    public boolean overlaps(Ipv6Prefix other) {
        int shorter = Math.min(length, other.length);
        return new Ipv6Prefix(high, low, shorter)
                .network()
                .equals(new Ipv6Prefix(other.high, other.low, shorter).network());
    }

    /** Returns the address without the length, in the canonical form of RFC 5952. */
    public String address() {
        byte[] bytes = toBytes();
        int[] groups = new int[8];
        Arrays.setAll(groups, i -> (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff);
        int from = -1;
        int zeros = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > zeros) {
                from = i;
                zeros = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == from) {
                text.append("::");
                i += zeros - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return address() + "/" + length;
    }

    private static long word(byte[] bytes, int offset) {
        long word = 0;
        for (int i = 0; i < 8; i++) {
            word = word << 8 | bytes[offset + i] & 0xff;
        }
        return word;
    }
}
