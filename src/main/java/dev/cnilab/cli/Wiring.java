package dev.cnilab.cli;

import dev.cnilab.cluster.embedded.EmbeddedProvider;
import dev.cnilab.cluster.existing.ExistingProvider;
import dev.cnilab.cluster.kind.KindProvider;
import dev.cnilab.cluster.preflight.Preflight;
import dev.cnilab.lifecycle.StateHome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Puts the program together. */
final class Wiring {

    private Wiring() {}

    static CommandLine commandLine(Map<String, String> environment, Optional<String> first) {
        StateHome home = StateHome.of(environment);
        Preflight preflight = new Preflight(environment, home.path());
        return Lab.commandLine(
                new Context(
                        Console.of(environment),
                        environment,
                        home,
                        List.of(
                                new KindProvider(environment, preflight, Version.CURRENT),
                                new EmbeddedProvider(preflight, Version.CURRENT),
                                new ExistingProvider(environment, Version.CURRENT))),
                first);
    }
}
