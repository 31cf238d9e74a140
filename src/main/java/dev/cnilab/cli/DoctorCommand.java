package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.DoctorReport;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.cluster.Provider;
import dev.cnilab.embedded.preflight.EmbeddedRequirements;
import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.InspectionResult;
import dev.cnilab.preflight.LocalProvider;
import dev.cnilab.preflight.MachineRequirements;
import dev.cnilab.preflight.Requirement;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "doctor",
        description =
                "Checks this machine for what labs need, and shows how to fix what is missing.",
        footer = {
            "",
            "Exit codes: 0 the provider can run, 3 it can't. docs/doctor.md explains each line."
        })
final class DoctorCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(
            arity = "0..1",
            paramLabel = "LAB",
            defaultValue = "flannel-ipip",
            description = "A bundled lab's name, or a lab's file; default ${DEFAULT-VALUE}.")
    String lab = "";

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = {
                "The provider to use: ${COMPLETION-CANDIDATES}. Default: kind if a Docker engine is",
                "reachable, else embedded."
            })
    @Nullable LocalProvider provider;

    @Option(
            names = "--fix",
            description = "Fix what lab can fix: load kernel modules, raise sysctls.")
    boolean fix;

    @Mixin SpecOptions changes = new SpecOptions();

    @Option(
            names = "--no-download",
            description = "Check for lab up --no-download, which downloads no program.")
    boolean noDownload;

    @Mixin OutputOption output = new OutputOption();

    DoctorCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SpecException {
        LabSpec spec = SpecLoader.load(changes.on(SpecLoader.find(lab), false));
        LocalProvider chosen = chosen();
        if (runsInNamespace(chosen)) {
            throw new NotRoot();
        }
        List<InspectionResult> found =
                context.preflight().requirements(spec).stream()
                        .map(each -> fix ? each.inspect().fix() : each.inspect())
                        .toList();
        DoctorReport report = withRefusal(new DoctorReport(chosen, found), spec);
        if (output.json()) {
            OutputOption.print(context.console(), report.json());
        } else {
            report.print(context.console());
        }
        return (report.ready() ? ExitCode.OK : ExitCode.PREFLIGHT).number();
    }

    /** Adds what else {@code lab up} would refuse, such as a name that is taken. */
    private DoctorReport withRefusal(DoctorReport report, LabSpec spec) throws IOException {
        if (!report.ready()) {
            return report;
        }
        Provider provider = context.knownProvider(report.chosen().toString());
        Path folder = context.home().lab(spec.name()).path();
        try {
            provider.preflight(spec, folder, Downloads.of(context.environment(), !noDownload));
            return report;
        } catch (Failure e) {
            return report.with(refusal(report.chosen(), e));
        }
    }

    private static InspectionResult refusal(LocalProvider provider, Failure failure) {
        Finding found = new Finding.Missing(failure.evidence(), failure.what(), failure.remedy());
        return new Requirement(failure.id(), Set.of(provider), () -> found).inspect();
    }

    private LocalProvider chosen() {
        return provider != null
                ? provider
                : context.defaultProvider()
                        .map(name -> LocalProvider.valueOf(name.toUpperCase(Locale.ROOT)))
                        .orElse(LocalProvider.EMBEDDED);
    }

    /** Whether {@code lab up} would run again as root of a user namespace, and be checked there. */
    private boolean runsInNamespace(LocalProvider chosen) throws IOException {
        return chosen == LocalProvider.EMBEDDED
                && !Rootless.isRoot()
                && Stream.of(
                                EmbeddedRequirements.privileges(),
                                MachineRequirements.state(context.home().path()))
                        .noneMatch(requirement -> requirement.inspect().blocks(chosen));
    }
}
