package dev.cnilab.trace.run;

import dev.cnilab.cluster.Place;
import dev.cnilab.trace.DropReason;
import java.util.List;
import java.util.stream.Stream;

/**
 * Why a packet went no further, as far as can be shown.
 *
 * @param explanation a sentence without its full stop
 * @param evidence lines that show it
 * @param remedy the commands that mend it, one a line, or ""
 */
record Finding(DropReason loss, String explanation, List<String> evidence, String remedy) {

    Finding {
        evidence = List.copyOf(evidence);
    }

    /** A command for the user to run there. */
    static String at(Place place, String command) {
        return "lab exec " + Explainer.name(place) + " -- " + command;
    }

    /** The same with another line that shows it, and another command. */
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
