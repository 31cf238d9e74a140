package dev.cnilab.netlink;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which MAC address an IPv4 neighbour has.
 *
 * @param dev index of the link
 * @param mac null while it is not known
 */
public record Neigh(int dev, Ipv4Address dst, @Nullable MacAddress mac, State state) {

    /** include/uapi/linux/neighbour.h, NUD_*. */
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

    /** One that never ages. */
    public static Neigh permanent(int dev, Ipv4Address dst, MacAddress mac) {
        return new Neigh(dev, dst, mac, State.PERMANENT);
    }
}
