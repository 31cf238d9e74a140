package dev.cnilab.cli;

import dev.cnilab.cli.render.DoctorReport;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.preflight.InspectionResult;
import dev.cnilab.preflight.LocalProvider;
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
            defaultValue = "embedded",
            description =
                    "The provider to use: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    LocalProvider provider = LocalProvider.EMBEDDED;

    @Option(
            names = "--fix",
            description = "Fix what lab can fix: load kernel modules, raise sysctls.")
    boolean fix;

    @Mixin OutputOption output = new OutputOption();

    DoctorCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SpecException {
        List<InspectionResult> found =
                context.preflight().requirements(SpecLoader.load(lab)).stream()
                        .map(each -> fix ? each.inspect().fix() : each.inspect())
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
