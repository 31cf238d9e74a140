package dev.cnilab.trace.run;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.Place;
import dev.cnilab.host.ExecResult;
import dev.cnilab.trace.ProbePacket;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Sends a probe with ping or curl at its source, and waits for the reply. */
final class Sender {

    /** How long to wait for a reply. */
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private static final Duration COMMAND = Duration.ofSeconds(20);

    private final ClusterView cluster;
    private final TimeFactor timeFactor;

    Sender(ClusterView cluster, TimeFactor timeFactor) {
        this.cluster = cluster;
        this.timeFactor = timeFactor;
    }

    /** Returns the tool's output; a missing reply is not an error. */
    ExecResult send(ProbePacket probe, Place source) throws IOException {
        String seconds = Long.toString(timeFactor.times(ANSWER).toSeconds());
        String address = probe.to().address().toString();
        List<String> argv =
                switch (probe.protocol()) {
                    case ICMP ->
                            List.of(
                                    "ping",
                                    "-c",
                                    "1",
                                    "-W",
                                    seconds,
                                    "-M",
                                    probe.dontFragment() ? "do" : "dont",
                                    "-s",
                                    Integer.toString(probe.size()),
                                    address);
                    case TCP ->
                            List.of(
                                    "curl",
                                    "-s",
                                    "-o",
                                    "/dev/null",
                                    "-m",
                                    seconds,
                                    address + ":" + probe.port());
                };
        return cluster.execInNetwork(source, argv, timeFactor.times(COMMAND));
    }
}
