package dev.cnilab.evidence.tape;

import dev.cnilab.cluster.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that a cluster was asked.
 *
 * @param at where a command ran; empty for what the API is asked
 * @param argv the command; empty for what the API is asked
 */
public record RecordedQuery(Kind kind, Optional<Place> at, List<String> argv) {

    /** The methods of {@link dev.cnilab.cluster.ClusterView}. */
    public enum Kind {
        NODES,
        PODS,
        SERVICES,
        TUNNEL,
        /** A command that ran to its end. */
        EXEC,
        /** A command that was read while it ran. */
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

    /** One line, for people. */
    @Override
    public String toString() {
        return at.map(place -> String.join(" ", argv) + " at " + place.name())
                .orElse("the API for its " + kind.name().toLowerCase(Locale.ROOT));
    }
}
