package dev.cnilab.trace.run;

import dev.cnilab.cluster.Location;
import dev.cnilab.trace.Loss;
import java.util.List;

/**
 * Why a packet went no further, as far as can be shown.
 *
 * @param explanation a sentence without its full stop
 * @param evidence lines that show it
 * @param remedy the command that mends it, or ""
 */
record Finding(Loss loss, String explanation, List<String> evidence, String remedy) {

    Finding {
        evidence = List.copyOf(evidence);
    }

    /** A command for the user to run there. */
    static String at(Location place, String command) {
        return "lab exec " + Explainer.name(place) + " -- " + command;
    }

    static Finding down(Location place, String link) {
        return new Finding(
                Loss.LINK_DOWN,
                link + " of " + Explainer.name(place) + " is down",
                List.of("ip link show " + link + ": not UP"),
                at(place, "ip link set " + link + " up"));
    }
}
