package dev.cnilab.net.packet;

import java.util.Optional;

/**
 * The link-layer header type of a capture; numbers as in https://www.tcpdump.org/linktypes.html.
 */
public enum LinkType {
    ETHERNET(1),
    RAW_IP(101),
    /** Linux "cooked" capture, as written by {@code tcpdump -i any}. */
    LINUX_SLL(113),
    LINUX_SLL2(276);

    private final int number;

    LinkType(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Returns the type with that number; empty when it is not supported. */
    public static Optional<LinkType> of(int number) {
        for (LinkType type : values()) {
            if (type.number == number) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
