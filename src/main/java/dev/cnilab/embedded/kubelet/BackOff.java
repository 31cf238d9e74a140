package dev.cnilab.embedded.kubelet;

import java.time.Duration;

/**
 * Computes the delay before the next attempt: it doubles, and is reset after a longer successful
 * run.
 */
final class BackOff {

    /** Kubernetes goes from 10 s to 5 min; a lab's users watch it, so delays are shorter. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /**
     * Returns the delay.
     *
     * @param ran how long the last attempt was successful
     */
    Duration after(Duration ran) {
        if (ran.compareTo(LONGEST) > 0) {
            next = FIRST;
        }
        Duration delay = next;
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        return delay;
    }

    Duration afterFailure() {
        return after(Duration.ZERO);
    }
}
