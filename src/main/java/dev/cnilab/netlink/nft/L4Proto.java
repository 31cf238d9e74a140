package dev.cnilab.netlink.nft;

/** IP protocol numbers (include/uapi/linux/in.h). */
public enum L4Proto {
    ICMP(1),
    /** IP in IP. */
    IPENCAP(4),
    TCP(6),
    UDP(17),
    SCTP(132);

    private final int number;

    L4Proto(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
