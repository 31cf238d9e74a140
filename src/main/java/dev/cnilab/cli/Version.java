package dev.cnilab.cli;

import java.util.Optional;

/** Which release this is. */
final class Version {

    /** As the jar's manifest says; "dev" when run from classes. */
    static final String CURRENT =
            Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                    .orElse("dev");

    private Version() {}
}
