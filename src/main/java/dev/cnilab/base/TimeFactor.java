package dev.cnilab.base;

import java.time.Duration;
import java.util.Map;

/**
 * By how much lab's timeouts are multiplied on this machine, for emulated and overloaded ones.
 * Polling intervals and conditions stay the same.
 *
 * @param factor 1 to 1000
 */
public record TimeFactor(int factor) {

    /** The environment variable that sets the factor. */
    public static final String VARIABLE = "LAB_TIME_FACTOR";

    public static final TimeFactor NONE = new TimeFactor(1);

    private static final int LARGEST = 1000;

    public TimeFactor {
        if (factor < 1 || factor > LARGEST) {
            throw new IllegalArgumentException("not in 1 to " + LARGEST + ": " + factor);
        }
    }

    /**
     * Reads {@link #VARIABLE}; 1 when it is unset.
     *
     * @throws Failure when the variable is set to anything but an integer in range
     */
    public static TimeFactor of(Map<String, String> environment) throws Failure {
        String text = environment.getOrDefault(VARIABLE, "");
        try {
            return text.isEmpty() ? NONE : new TimeFactor(Integer.parseInt(text));
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "bad-time-factor",
                    VARIABLE + " is '" + text + "'",
                    "",
                    "set an integer from 1 to " + LARGEST + ", or unset it");
        }
    }

    public Duration times(Duration duration) {
        return duration.multipliedBy(factor);
    }
}
