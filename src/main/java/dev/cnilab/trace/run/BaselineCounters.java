package dev.cnilab.trace.run;

import dev.cnilab.cluster.Place;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Network counters of nodes and of outside before a probe, to compute their increase. */
record BaselineCounters(Map<Place, Counters> counters) {

    /**
     * Reads the counters. Pods are skipped: reading needs a process there, and their counters
     * rarely matter.
     */
    static BaselineCounters look(Collection<Place> places, Networks networks) {
        Map<Place, Counters> counters = new HashMap<>();
        for (Place place : places) {
            if (!(place instanceof Place.InPod)) {
                counters.put(place, Counters.at(place, networks));
            }
        }
        return new BaselineCounters(counters);
    }

    Set<Place> places() {
        return counters.keySet();
    }

    /** The increase of a counter, by its name in {@code nstat}. */
    long moved(Place place, String name, Networks networks) {
        Counters then = counters.get(place);
        return then == null ? 0 : Counters.at(place, networks).value(name) - then.value(name);
    }
}
