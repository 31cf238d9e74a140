package dev.cnilab.evidence.tape;

import dev.cnilab.cluster.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A query of a cluster: a request to the API or a command.
 *
 * @param at where a command ran; empty for an API request
 * @param argv the command; empty for an API request
 */
public record RecordedQuery(Kind kind, Optional<Place> at, List<String> argv) {

    /** The methods of {@link dev.cnilab.cluster.ClusterView}. */
    public enum Kind {
        NODES,
        PODS,
        SERVICES,
        TUNNEL,
        /** A command that has exited. */
        EXEC,
        /** A command whose output was read while it ran. */
        START
    }

    public RecordedQuery {
        argv = List.copyOf(argv);
    }

    static RecordedQuery of(Kind kind) {
        return new RecordedQuery(kind, Optional.empty(), List.of());
    }

    static RecordedQuery of(Kind kind, Place at, List<String> argv) {
        return new RecordedQuery(kind, Optional.of(at), argv);
    }

    /** A one-line description. */
    @Override
    public String toString() {
        return at.map(place -> String.join(" ", argv) + " at " + place.name())
                .orElse("the API for its " + kind.name().toLowerCase(Locale.ROOT));
    }
}
