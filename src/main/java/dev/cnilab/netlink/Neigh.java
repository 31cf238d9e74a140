package dev.cnilab.netlink;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the IPv4 neighbour table.
 *
 * @param dev index of the link
 * @param mac null while unresolved
 */
public record Neigh(int dev, Ipv4Address dst, @Nullable MacAddress mac, State state) {

    /** The state of an entry: NUD_* of include/uapi/linux/neighbour.h. */
    public enum State {
        NONE(0),
        INCOMPLETE(0x01),
        REACHABLE(0x02),
        STALE(0x04),
        DELAY(0x08),
        PROBE(0x10),
        FAILED(0x20),
        NOARP(0x40),
        PERMANENT(0x80);

        private final int number;

        State(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        static State of(int number) {
            for (State state : values()) {
                if (state.number == number) {
                    return state;
                }
            }
            return NONE;
        }
    }

    /** Creates an entry that does not expire. */
    public static Neigh permanent(int dev, Ipv4Address dst, MacAddress mac) {
        return new Neigh(dev, dst, mac, State.PERMANENT);
    }
}
