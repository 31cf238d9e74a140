package dev.cnilab.embedded.kubelet;

import dev.cnilab.kube.PodAccess.LogOptions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A parsed line of a {@link ContainerLog}. */
record LogLine(Instant time, String text) {

    /** Parses a line; empty for a truncated one. */
    static Optional<LogLine> parse(String line) {
        String[] parts = line.split(" ", 4);
        if (parts.length < 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LogLine(Instant.parse(parts[0]), parts[3]));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    boolean matches(LogOptions options) {
        Instant since = options.since();
        return since == null || !time.isBefore(since);
    }

    String print(LogOptions options) {
        return (options.timestamps() ? time + " " : "") + text + "\n";
    }
}
