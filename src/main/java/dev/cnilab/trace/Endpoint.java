package dev.cnilab.trace;

import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import java.util.Optional;

/**
 * One end of a probe.
 *
 * @param name as the user gave it; without its namespace
 * @param address where it is sent to or from; of a Service its cluster IP
 * @param location where commands run; empty for a Service and for an address of nobody
 */
public record Endpoint(Kind kind, String name, Ipv4Address address, Optional<Place> location) {

    /** What it is. */
    public enum Kind {
        POD,
        NODE,
        SERVICE,
        /** The gateway's place, beside the cluster. */
        OUTSIDE,
        /** Only an address. */
        ADDRESS
    }
}
