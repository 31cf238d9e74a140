package dev.cnilab.trace.run;

import dev.cnilab.cluster.Place;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Counters of nodes and of outside before a probe, so that what it moved can be told. */
record BaselineCounters(Map<Place, Counters> counters) {

    /** Pods are left out: a look costs a process there, and their counters hardly ever matter. */
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

    /** How much a counter has moved since, by its name in {@code nstat}. */
    long moved(Place place, String name, Networks networks) {
        Counters then = counters.get(place);
        return then == null ? 0 : Counters.at(place, networks).value(name) - then.value(name);
    }
}
