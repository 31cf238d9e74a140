package dev.cnilab.cli;

import java.util.Optional;

/** The version of lab. */
final class Version {

    /** From the jar's manifest; "dev" when run from classes. */
    static final String CURRENT =
            Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                    .orElse("dev");

    private Version() {}
}
