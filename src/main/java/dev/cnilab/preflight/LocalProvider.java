package dev.cnilab.preflight;

import java.util.Locale;

/** The providers whose nodes run on this machine, and which therefore have requirements. */
public enum LocalProvider {
    EMBEDDED,
    KIND;

    /** Returns the provider's name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
