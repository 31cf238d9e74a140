package dev.cnilab.trace;

import dev.cnilab.net.TunnelDriver;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The trace of one probe: the packet, its hops in both directions, and the verdict.
 *
 * @param lab the lab's name
 * @param tunnel what carries the tunnel's packets; empty without one
 * @param start when the probe was first seen; hops' times are relative to it
 * @param request the hops of the request, in order; empty if it did not leave its source
 * @param reply the hops of the reply: echo reply or SYN-ACK, RST, or an ICMP error
 * @param unwatched places on the path without captures
 */
public record Trace(
        String lab,
        Optional<TunnelDriver> tunnel,
        ProbePacket probe,
        Instant start,
        List<Hop> request,
        List<Hop> reply,
        Verdict verdict,
        List<Unwatched> unwatched) {

    public Trace {
        request = List.copyOf(request);
        reply = List.copyOf(reply);
        unwatched = List.copyOf(unwatched);
    }

    public boolean arrived() {
        return verdict instanceof Verdict.Arrived;
    }
}
