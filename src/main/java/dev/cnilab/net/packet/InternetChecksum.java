package dev.cnilab.net.packet;

/** The one's complement sum of RFC 1071, over a header whose checksum field is zero. */
public final class InternetChecksum {

    private InternetChecksum() {}

    public static int of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** An odd last byte counts as if a zero followed. Over a header that holds it, the sum is 0. */
    public static int of(byte[] bytes, int offset, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            int octet = bytes[offset + i] & 0xff;
            sum += i % 2 == 0 ? octet << 8 : octet;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) ~sum & 0xffff;
    }
}
