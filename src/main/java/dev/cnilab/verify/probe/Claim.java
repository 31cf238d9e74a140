package dev.cnilab.verify.probe;

/**
 * One thing that a probe looked at: what was expected, what was seen.
 *
 * @param subject what it is about: {@code flannel-ipip-worker: mtu of cni0}
 * @param evidence the output that shows it; may be empty
 */
public record Claim(
        String subject, String expected, String observed, boolean holds, String evidence) {

    /** Expected and observed are to be the same text. */
    static Claim equal(String subject, String expected, String observed, String evidence) {
        return new Claim(subject, expected, observed, expected.equals(observed), evidence);
    }

    /** Something that is so, or is not. */
    static Claim that(String subject, String expected, boolean holds, String observed) {
        return new Claim(subject, expected, observed, holds, "");
    }
}
