package dev.cnilab.trace.run;

import dev.cnilab.base.Remedy;
import dev.cnilab.cluster.Place;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Header;
import dev.cnilab.trace.DropReason;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.ProbePacket;
import dev.cnilab.trace.Verdict;
import java.util.List;
import java.util.Optional;

/** Determines a probe's result: arrived, or lost with place and cause. */
final class VerdictBuilder {

    private final ProbePacket probe;
    private final Place source;
    private final LossDiagnosis suspects;
    private final ExecResult result;
    private final String lab;

    /**
     * @param lab its name
     * @param result of the tool that sent the probe
     */
    VerdictBuilder(
            String lab,
            ProbePacket probe,
            Place source,
            LossDiagnosis suspects,
            ExecResult result) {
        this.lab = lab;
        this.probe = probe;
        this.source = source;
        this.suspects = suspects;
        this.result = result;
    }

    Verdict judge(Correlation found, List<Hop> there, List<Hop> back) {
        return switch (found.answer()) {
            case PROPER ->
                    isBack(back) || result.ok()
                            ? new Verdict.Arrived(back.getLast().nanos())
                            : lost(Verdict.Way.REPLY, back);
            case RESET -> isBack(back) ? refused(there.getLast()) : lost(Verdict.Way.REPLY, back);
            case ICMP_ERROR -> error(there, back.getFirst());
            case NONE -> there.isEmpty() ? unsent() : lost(Verdict.Way.REQUEST, there);
        };
    }

    private boolean isBack(List<Hop> back) {
        Hop last = back.getLast();
        return last.where().equals(source) && last.direction() == Frame.Direction.IN;
    }

    private Verdict lost(Verdict.Way way, List<Hop> hops) {
        return astray(way, hops)
                .orElseGet(() -> {
                    Hop last = hops.getLast();
                    return verdict(way, last.where(), last.interfaceName(), suspects.after(last));
                });
    }

    private Optional<Verdict> astray(Verdict.Way way, List<Hop> hops) {
        return suspects.astray(hops)
                .map(wrong ->
                        verdict(
                                way,
                                wrong.hop().where(),
                                wrong.hop().interfaceName(),
                                wrong.finding()));
    }

    private Verdict refused(Hop last) {
        return verdict(
                Verdict.Way.REQUEST,
                last.where(),
                last.interfaceName(),
                new Finding(
                        DropReason.PORT_CLOSED,
                        Explainer.name(last.where())
                                + " refuses the connection: no process listens on port "
                                + port(last),
                        List.of("the answer to SYN is RST"),
                        new LossRemedy.At(last.where(), "ss -tln")));
    }

    private static int port(Hop hop) {
        return hop.headers().stream()
                .filter(Header.Tcp.class::isInstance)
                .map(header -> ((Header.Tcp) header).destinationPort())
                .findFirst()
                .orElse(0);
    }

    /** The verdict of an ICMP error. */
    private Verdict error(List<Hop> there, Hop error) {
        Optional<Verdict> astray = astray(Verdict.Way.REQUEST, there);
        if (astray.isPresent()) {
            return astray.get();
        }
        Hop last = there.getLast();
        Header.Icmp icmp =
                error.headers().stream()
                        .filter(Header.Icmp.class::isInstance)
                        .map(Header.Icmp.class::cast)
                        .findFirst()
                        .orElseThrow();
        return verdict(
                Verdict.Way.REQUEST,
                error.where(),
                last.where().equals(error.where()) ? last.interfaceName() : "",
                suspects.confessed(icmp, error, last));
    }

    private Verdict unsent() {
        return verdict(
                Verdict.Way.REQUEST,
                source,
                "",
                suspects.unsent(probe, source, (result.stderr() + result.stdout()).strip()));
    }

    private Verdict verdict(Verdict.Way way, Place where, String interfaceName, Finding finding) {
        Finding shown = suspects.noEndpoint(probe).orElse(finding);
        return new Verdict.Lost(
                way,
                where,
                interfaceName,
                shown.loss(),
                shown.explanation(),
                shown.evidence(),
                shown.remedies().stream()
                        .map(remedy -> remedy.of(lab))
                        .reduce(Remedy.NONE, Remedy::then));
    }
}
