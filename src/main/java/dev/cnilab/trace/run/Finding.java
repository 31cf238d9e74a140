package dev.cnilab.trace.run;

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
}
