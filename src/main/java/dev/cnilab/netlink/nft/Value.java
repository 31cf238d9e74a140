package dev.cnilab.netlink.nft;

import dev.cnilab.net.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A value of a {@link HeaderField} in a set's element. */
public sealed interface Value {

    /** Returns the bytes that the kernel compares. */
    byte[] bytes();

    record Ip(Ipv4Address address) implements Value {
        @Override
        public byte[] bytes() {
            return address.toBytes();
        }
    }

    record Proto(L4Proto protocol) implements Value {
        @Override
        public byte[] bytes() {
            return new byte[] {(byte) protocol.number()};
        }
    }

    /**
     * A port.
     *
     * @param number 0 to 65535
     */
    record Port(int number) implements Value {
        @Override
        public byte[] bytes() {
            return new byte[] {(byte) (number >> 8), (byte) number};
        }
    }

    /**
     * An interface name.
     *
     * @param name at most 15 characters
     */
    record Ifname(String name) implements Value {
        @Override
        public byte[] bytes() {
            return Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), 16);
        }
    }
}
