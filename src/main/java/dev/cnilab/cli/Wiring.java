package dev.cnilab.cli;

import dev.cnilab.cluster.embedded.EmbeddedProvider;
import dev.cnilab.cluster.embedded.image.OwnImage;
import dev.cnilab.lifecycle.StateHome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Puts the program together. */
final class Wiring {

    private Wiring() {}

    static CommandLine commandLine(Map<String, String> environment, Optional<String> first) {
        return Lab.commandLine(
                new Context(
                        Console.of(environment),
                        environment,
                        StateHome.of(environment),
                        OwnImage.REPOSITORY + ":" + Version.CURRENT,
                        List.of(new EmbeddedProvider())),
                first);
    }
}
