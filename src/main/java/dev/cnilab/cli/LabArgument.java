package dev.cnilab.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The lab that a command is about. */
final class LabArgument {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "LAB",
            description = "The lab's name; may be left out when there is just one.")
    @Nullable String name;
}
