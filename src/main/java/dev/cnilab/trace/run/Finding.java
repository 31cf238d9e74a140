package dev.cnilab.trace.run;

import dev.cnilab.cluster.Place;
import dev.cnilab.trace.DropReason;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cause of a loss, with evidence.
 *
 * @param explanation a sentence without a full stop
 * @param evidence lines of output that show it
 * @param remedy the commands that fix it, one per line, or ""
 */
record Finding(DropReason loss, String explanation, List<String> evidence, String remedy) {

    Finding {
        evidence = List.copyOf(evidence);
    }

    /** The command line that runs a command at that place. */
    static String at(Place place, String command) {
        return "lab exec " + Explainer.name(place) + " -- " + command;
    }

    /** Adds a line of evidence and a command. */
    Finding and(String line, String command) {
        return new Finding(
                loss,
                explanation,
                Stream.concat(evidence.stream(), Stream.of(line)).toList(),
                remedy + "\n" + command);
    }

    static Finding down(Place place, String link) {
        return new Finding(
                DropReason.LINK_DOWN,
                link + " of " + Explainer.name(place) + " is down",
                List.of("ip link show " + link + ": not UP"),
                at(place, "ip link set " + link + " up"));
    }
}
