package dev.cnilab.net.packet;

import java.util.Optional;

/** What the first bytes of a frame are; numbers as in https://www.tcpdump.org/linktypes.html. */
public enum LinkType {
    ETHERNET(1),
    RAW_IP(101),
    /** Linux "cooked" capture, as of {@code tcpdump -i any}. */
    LINUX_SLL(113),
    LINUX_SLL2(276);

    private final int number;

    LinkType(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Empty for the many that are not read here. */
    public static Optional<LinkType> of(int number) {
        for (LinkType type : values()) {
            if (type.number == number) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
