package dev.cnilab.trace;

import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import java.util.Optional;

/**
 * Source or destination of a probe.
 *
 * @param name as given by the user; without its namespace
 * @param address the IP address; of a Service its cluster IP
 * @param location where commands run; empty for a Service and for an unknown address
 */
public record Endpoint(Kind kind, String name, Ipv4Address address, Optional<Place> location) {

    /** The kind of endpoint. */
    public enum Kind {
        POD,
        NODE,
        SERVICE,
        /** The gateway, outside of the cluster. */
        OUTSIDE,
        /** An address that is not the cluster's. */
        ADDRESS
    }
}
