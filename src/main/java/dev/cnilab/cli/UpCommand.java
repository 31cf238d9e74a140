package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cli.render.ProgressView;
import dev.cnilab.cluster.ClusterSelection;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.cluster.Provider;
import dev.cnilab.existing.ExistingSettings;
import dev.cnilab.lifecycle.Action;
import dev.cnilab.lifecycle.LabRecord;
import dev.cnilab.lifecycle.LabService;
import dev.cnilab.preflight.MachineRequirements;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.Manifests;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = "Creates a lab and verifies it.",
        footer = {"", "Example: lab up flannel-ipip --nodes 3"})
final class UpCommand implements Callable<Integer> {

    private final Context context;

    @Mixin LabFile file = new LabFile();

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = {
                "The provider: kind, embedded, or existing. Default: kind if a Docker engine is",
                "reachable, else embedded."
            })
    String provider = "";

    @Option(
            names = "--no-download",
            description = "Download nothing; fail if a program is missing.")
    boolean noDownload;

    @Mixin ExistingOptions existing = new ExistingOptions();

    @Option(names = "--retain", description = "Keep what was created when something fails.")
    boolean retain;

    @Option(names = "--no-verify", description = "Don't verify at the end.")
    boolean noVerify;

    @Option(names = "--dry-run", description = "Print the actions without performing them.")
    boolean dryRun;

    @Option(
            names = "--timeout",
            converter = IntRange.Seconds.class,
            paramLabel = "SECONDS",
            defaultValue = "180",
            description =
                    "How long to wait for nodes or pods to be Ready; default ${DEFAULT-VALUE}.")
    int timeout;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress on stderr.")
    boolean quiet;

    UpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SpecException, InterruptedException {
        LabSource source = file.source();
        LabSpec spec = SpecLoader.load(source);
        MachineRequirements.state(context.home().path()).require();
        Provider chosen =
                context.provider(
                        provider.isEmpty() ? context.defaultProvider(spec.name()) : provider);
        String place = "";
        Optional<ClusterSelection> selection = chosen.selection();
        if (selection.isPresent()) {
            ExistingSettings settings = existing.settings(context, spec.name());
            chosen = selection.get().at(settings.selection());
            place = settings.place();
        } else {
            existing.refuse(chosen.name());
        }
        new Manifests(spec, chosen.image()).check(chosen::check);
        spec = chosen.managesNodes() ? spec : spec.withoutNodes();
        LabService labs = new LabService(context.home(), context);
        var options =
                new LabService.UpOptions(
                        retain,
                        context.timeFactor().times(Duration.ofSeconds(timeout)),
                        Downloads.of(context.environment(), !noDownload));
        if (dryRun) {
            for (Action action : labs.plan(spec, chosen, options)) {
                context.console().out().printf("%-16s %s%n", action.name(), action.title());
            }
            return ExitCode.OK.number();
        }
        LabRecord record =
                new LabRecord(
                        chosen.name(),
                        source.text(),
                        source.folder().map(Path::toString).orElse(""),
                        chosen.managesNodes(),
                        place,
                        file.words());
        boolean changed;
        try (ProgressView progress = new ProgressView(context.console(), quiet)) {
            changed = labs.up(spec, record, chosen, options, progress);
        }
        if (!quiet) {
            context.console()
                    .err()
                    .println(
                            changed
                                    ? "lab " + spec.name() + " is up"
                                    : "lab "
                                            + spec.name()
                                            + " was up already; nothing was changed");
        }
        return noVerify ? ExitCode.OK.number() : VerifyCommand.of(context, spec.name()).call();
    }
}
