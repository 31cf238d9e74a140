package dev.cnilab.net.packet;

/** The internet checksum: the one's complement sum of RFC 1071. */
public final class InternetChecksum {

    private InternetChecksum() {}

    public static int of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /**
     * Computes the checksum; an odd last byte is padded with zero. Over a header that includes its
     * checksum, the result is 0.
     */
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
