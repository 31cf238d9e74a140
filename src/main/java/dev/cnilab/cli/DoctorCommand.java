package dev.cnilab.cli;

import dev.cnilab.cluster.preflight.Examination;
import dev.cnilab.cluster.preflight.Preflight;
import dev.cnilab.cluster.preflight.Target;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "doctor",
        description = "Tells whether this machine has what labs need, and how to get the rest.",
        footer = {
            "",
            "Exit codes: 0 the provider can run, 3 it can't. docs/doctor.md has more on each line."
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
            defaultValue = "embedded",
            description = "Which has to run: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    Target provider = Target.EMBEDDED;

    @Option(
            names = "--fix",
            description = "Mend what can be mended: load kernel modules, raise sysctls.")
    boolean fix;

    @Mixin OutputOption output = new OutputOption();

    DoctorCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SpecException {
        Preflight preflight = new Preflight(context.environment(), context.home().path());
        List<Examination> found =
                preflight.needs(SpecLoader.load(lab)).stream()
                        .map(need -> fix ? need.examine().mend() : need.examine())
                        .toList();
        DoctorReport report = new DoctorReport(provider, found);
        if (output.json()) {
            OutputOption.print(context.console(), report.json());
        } else {
            report.print(context.console());
        }
        return (report.ready() ? ExitCode.OK : ExitCode.PREFLIGHT).number();
    }
}
