package dev.cnilab.netlink.nft;

/**
 * The netfilter hook of a base chain.
 *
 * @param priority lower runs first; see {@link #FILTER}, {@link #DSTNAT}, {@link #SRCNAT}
 * @param policy verdict on packets that no rule decides
 */
public record Hook(Type type, Point point, int priority, Policy policy) {

    // include/uapi/linux/netfilter_ipv4.h, enum nf_ip_hook_priorities
    public static final int DSTNAT = -100;
    public static final int FILTER = 0;
    public static final int SRCNAT = 100;

    /** The type of a base chain. */
    public enum Type {
        FILTER,
        NAT,
        ROUTE
    }

    /** A netfilter hook: include/uapi/linux/netfilter.h, enum nf_inet_hooks. */
    public enum Point {
        PREROUTING(0),
        INPUT(1),
        FORWARD(2),
        OUTPUT(3),
        POSTROUTING(4);

        private final int number;

        Point(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** The policy of a base chain. */
    public enum Policy {
        DROP(0),
        ACCEPT(1);

        private final int number;

        Policy(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    public static Hook nat(Point point) {
        boolean destination = point == Point.PREROUTING || point == Point.OUTPUT;
        return new Hook(Type.NAT, point, destination ? DSTNAT : SRCNAT, Policy.ACCEPT);
    }

    public static Hook filter(Point point, int priority) {
        return new Hook(Type.FILTER, point, priority, Policy.ACCEPT);
    }
}
