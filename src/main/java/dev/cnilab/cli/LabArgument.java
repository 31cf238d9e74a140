package dev.cnilab.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The argument with the lab's name. */
final class LabArgument {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "LAB",
            description = "The lab's name; optional if there is only one.")
    @Nullable String name;
}
