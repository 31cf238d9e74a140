package dev.cnilab.trace;

/**
 * A header field that differs between two hops.
 *
 * @param before "" for a header that was put on
 * @param after "" for a header that was taken off
 * @param because the sort of reason that made it so; the hop has the reason itself
 */
public record Change(Field field, String before, String after, Reason.Kind because) {

    /** What can differ. */
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
        /** Into how many frames it is cut. */
        FRAGMENTS
    }
}
