package dev.cnilab.preflight;

import java.util.Locale;

/** The providers that make their nodes on this machine, and so need something of it. */
public enum LocalProvider {
    EMBEDDED,
    KIND;

    /** The provider's name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
