package dev.cnilab.cli;

import dev.cnilab.cli.render.Console;
import dev.cnilab.embedded.EmbeddedProvider;
import dev.cnilab.embedded.preflight.EmbeddedRequirements;
import dev.cnilab.existing.ExistingProvider;
import dev.cnilab.host.SearchPath;
import dev.cnilab.kind.KindProvider;
import dev.cnilab.kind.preflight.KindRequirements;
import dev.cnilab.lifecycle.StateHome;
import dev.cnilab.preflight.MachineRequirements;
import dev.cnilab.preflight.Preflight;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Wires the program. */
final class Wiring {

    private Wiring() {}

    static CommandLine commandLine(Map<String, String> environment, Optional<String> first) {
        StateHome home = StateHome.of(environment);
        Preflight preflight = preflight(environment, home.path());
        return Lab.commandLine(
                new Context(
                        Console.of(environment),
                        environment,
                        home,
                        preflight,
                        List.of(
                                new KindProvider(environment, preflight, Version.CURRENT),
                                new EmbeddedProvider(preflight, Version.CURRENT),
                                new ExistingProvider(environment, Version.CURRENT))),
                first);
    }

    /**
     * @param state the parent directory of the labs' state; need not exist
     */
    static Preflight preflight(Map<String, String> environment, Path state) {
        SearchPath programs = SearchPath.of(environment);
        return new Preflight(
                List.of(
                        new EmbeddedRequirements(programs, state),
                        new MachineRequirements(programs, state),
                        new KindRequirements(environment)));
    }
}
