package dev.cnilab.net;

import java.util.HexFormat;

/**
 * A 48-bit Ethernet address.
 *
 * @param bits in the low 48 bits, first octet highest
 */
public record MacAddress(long bits) {

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("more than 48 bits: " + Long.toHexString(bits));
        }
    }

    /**
     * Parses six hexadecimal octets separated by colons.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static MacAddress parse(String text) {
        if (!text.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
            throw new IllegalArgumentException("not a MAC address: '" + text + "'");
        }
        return of(COLONS.parseHex(text), 0);
    }

    public static MacAddress of(byte[] bytes, int offset) {
        long bits = 0;
        for (int i = 0; i < 6; i++) {
            bits = bits << 8 | bytes[offset + i] & 0xff;
        }
        return new MacAddress(bits);
    }

    /**
     * Derives a locally administered address from an IPv4 address: 0a:58 and its four octets, as
     * CNI's bridge plugin does ({@code containernetworking/plugins pkg/utils/hwaddr}).
     */
    public static MacAddress of(Ipv4Address address) {
        return new MacAddress(0x0a58L << 32 | address.bits() & 0xffffffffL);
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[6];
        for (int i = 0; i < 6; i++) {
            bytes[i] = (byte) (bits >>> 40 - 8 * i);
        }
        return bytes;
    }

    @Override
    public String toString() {
        return COLONS.formatHex(toBytes());
    }
}
