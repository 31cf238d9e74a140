package dev.cnilab.cli.render;

import java.time.Duration;
import java.time.Instant;

/** Formats ages as kubectl does. */
public final class Age {

    private Age() {}

    /** The age in one unit: seconds, minutes, hours or days. */
    public static String since(Instant created) {
        Duration age = Duration.between(created, Instant.now());
        if (age.toMinutes() < 2) {
            return Math.max(0, age.toSeconds()) + "s";
        }
        return age.toHours() < 3
                ? age.toMinutes() + "m"
                : age.toDays() < 2 ? age.toHours() + "h" : age.toDays() + "d";
    }
}
