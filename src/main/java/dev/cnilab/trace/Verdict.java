package dev.cnilab.trace;

import dev.cnilab.base.Remedy;
import dev.cnilab.cluster.Place;
import java.util.List;

/** The result of a probe. */
public sealed interface Verdict {

    /**
     * The probe was answered.
     *
     * @param roundTripNanos from its first sighting to the reply's last one
     */
    record Arrived(long roundTripNanos) implements Verdict {}

    /**
     * The probe was lost, or answered by another host than its destination.
     *
     * @param way direction in which it was lost
     * @param where the place that lost it
     * @param interfaceName where it was seen last; "" if never seen
     * @param explanation a sentence without a full stop
     * @param evidence lines of output that show the cause
     */
    record Lost(
            Way way,
            Place where,
            String interfaceName,
            DropReason loss,
            String explanation,
            List<String> evidence,
            Remedy remedy)
            implements Verdict {

        public Lost {
            evidence = List.copyOf(evidence);
        }
    }

    /** The direction. */
    enum Way {
        REQUEST,
        REPLY
    }
}
