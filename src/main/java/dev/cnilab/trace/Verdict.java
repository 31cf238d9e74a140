package dev.cnilab.trace;

import dev.cnilab.cluster.Place;
import java.util.List;

/** What came of a probe. */
public sealed interface Verdict {

    /**
     * It was answered.
     *
     * @param roundTripNanos from its first sighting to the last of the answer
     */
    record Arrived(long roundTripNanos) implements Verdict {}

    /**
     * It was not, or not by whom it was meant for.
     *
     * @param way on which it was lost
     * @param where it was lost: the guilty hop
     * @param interfaceName where it was seen last; "" when it was not seen at all
     * @param explanation a sentence without its full stop
     * @param evidence what shows it, a line each
     * @param remedy the commands that mend it, one a line; "" when none does
     */
    record Lost(
            Way way,
            Place where,
            String interfaceName,
            DropReason loss,
            String explanation,
            List<String> evidence,
            String remedy)
            implements Verdict {

        public Lost {
            evidence = List.copyOf(evidence);
        }
    }

    /** There, or back. */
    enum Way {
        REQUEST,
        REPLY
    }
}
