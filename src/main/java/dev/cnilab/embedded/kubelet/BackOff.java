package dev.cnilab.embedded.kubelet;

import java.time.Duration;

/** How long to wait before the next attempt: doubling, and anew after a good while of success. */
final class BackOff {

    /** Kubernetes starts at 10 s and ends at 5 min; a lab is watched by somebody. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /**
     * @param ran how long the last attempt went well
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
