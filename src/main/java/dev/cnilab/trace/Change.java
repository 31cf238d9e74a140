package dev.cnilab.trace;

/**
 * A header field that differs between two hops.
 *
 * @param before "" for an added header
 * @param after "" for a removed header
 * @param because the kind of reason; the hop has the reason itself
 */
public record Change(Field field, String before, String after, Reason.Kind because) {

    /** The compared fields. */
    public enum Field {
        SOURCE_MAC,
        DESTINATION_MAC,
        SOURCE,
        DESTINATION,
        SOURCE_PORT,
        DESTINATION_PORT,
        TTL,
        /** The tunnel's header, as {@code SOURCE > DESTINATION}. */
        OUTER,
        /** The number of fragments. */
        FRAGMENTS
    }
}
