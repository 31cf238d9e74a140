package dev.cnilab.trace.run;

import dev.cnilab.trace.ProbePacket;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The options of {@code lab trace}.
 *
 * @param from a node, a pod, or {@code outside}
 * @param to one of these, a Service, or an address
 * @param protocol by default TCP to a Service or with a port, else ICMP
 * @param port of TCP; by default the Service's, else 80
 * @param size bytes of an echo request's payload; 56 by default
 */
public record TraceRequest(
        String from,
        String to,
        Optional<ProbePacket.Protocol> protocol,
        OptionalInt port,
        OptionalInt size,
        boolean dontFragment) {}
