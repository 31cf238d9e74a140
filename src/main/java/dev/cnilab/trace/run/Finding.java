package dev.cnilab.trace.run;

import dev.cnilab.cluster.Place;
import dev.cnilab.trace.DropReason;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cause of a loss, with what was observed of it: a cause without evidence can't be made, save
 * {@link DropReason#UNKNOWN}, which names none.
 *
 * @param explanation a sentence without a full stop
 * @param evidence lines of output that show it
 * @param remedies to be followed in this order; empty if none is known
 */
record Finding(
        DropReason loss, String explanation, List<String> evidence, List<LossRemedy> remedies) {

    Finding(DropReason loss, String explanation, List<String> evidence, LossRemedy remedy) {
        this(loss, explanation, evidence, List.of(remedy));
    }

    Finding {
        if (evidence.isEmpty() && loss != DropReason.UNKNOWN) {
            throw new IllegalArgumentException(loss + " without evidence: " + explanation);
        }
        evidence = List.copyOf(evidence);
        remedies = List.copyOf(remedies);
    }

    /** Adds a line of evidence and a remedy. */
    Finding and(String line, LossRemedy remedy) {
        return new Finding(
                loss,
                explanation,
                Stream.concat(evidence.stream(), Stream.of(line)).toList(),
                Stream.concat(remedies.stream(), Stream.of(remedy)).toList());
    }

    static Finding down(Place place, String link) {
        return new Finding(
                DropReason.LINK_DOWN,
                link + " of " + Explainer.name(place) + " is down",
                List.of("ip link show " + link + ": not UP"),
                LossRemedy.change(place, "ip link set " + link + " up"));
    }
}
