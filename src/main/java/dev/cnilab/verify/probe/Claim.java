package dev.cnilab.verify.probe;

/**
 * A comparison of an expected with an observed value.
 *
 * @param subject what was observed: {@code flannel-ipip-worker: mtu of cni0}
 * @param evidence the output that shows it; may be empty
 */
public record Claim(
        String subject, String expected, String observed, boolean holds, String evidence) {

    /** Holds if expected and observed are equal. */
    static Claim equal(String subject, String expected, String observed, String evidence) {
        return new Claim(subject, expected, observed, expected.equals(observed), evidence);
    }

    /** A claim whose result the caller has determined. */
    static Claim that(String subject, String expected, boolean holds, String observed) {
        return new Claim(subject, expected, observed, holds, "");
    }
}
