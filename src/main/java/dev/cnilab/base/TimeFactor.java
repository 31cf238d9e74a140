package dev.cnilab.base;

import java.time.Duration;
import java.util.Map;

/**
 * How many times longer than elsewhere everything may take on this machine: for emulated and for
 * overloaded ones. It stretches what is waited for, never what is waited until.
 *
 * @param factor 1 to 1000
 */
public record TimeFactor(int factor) {

    /** The environment variable that sets it. */
    public static final String VARIABLE = "LAB_TIME_FACTOR";

    public static final TimeFactor NONE = new TimeFactor(1);

    private static final int LARGEST = 1000;

    public TimeFactor {
        if (factor < 1 || factor > LARGEST) {
            throw new IllegalArgumentException("not in 1 to " + LARGEST + ": " + factor);
        }
    }

    /**
     * @throws Failure when the variable is set to something else than a factor
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
                    "give a whole number from 1 to " + LARGEST + ", or unset it");
        }
    }

    public Duration times(Duration usual) {
        return usual.multipliedBy(factor);
    }
}
