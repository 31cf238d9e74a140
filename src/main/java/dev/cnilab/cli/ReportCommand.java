package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.evidence.Report;
import dev.cnilab.evidence.Subject;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.lifecycle.LabRecord;
import dev.cnilab.spec.SpecException;
import dev.cnilab.verify.StepResult;
import dev.cnilab.verify.report.TextReport;
import dev.cnilab.verify.report.Totals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "report",
        description = {
            "Verifies the lab and writes a report with all evidence.",
            "An HTML page, the graph, a trace, captures, all of the cluster's replies,",
            "and the SHA-256 of each file."
        },
        footer = {
            "",
            "Exit codes: 0 all hold, 1 some do not; the report is written either way.",
            "lab replay repeats the verification on the report, without the lab."
        })
final class ReportCommand implements Callable<Integer> {

    private final Context context;

    @Mixin LabArgument lab = new LabArgument();

    @Option(
            names = "--dir",
            converter = OutputPath.OfDirectory.class,
            paramLabel = "DIR",
            description = "A new or empty directory; default: LAB-report in the current one.")
    @Nullable Path folder;

    ReportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SpecException, InterruptedException {
        LabFolder labFolder = context.folder(lab.name);
        LabRecord record = context.edited(labFolder);
        Subject subject =
                new Subject(
                        record.spec(labFolder),
                        record.specText(),
                        record.base().isEmpty(),
                        record.provider(),
                        record.managesNodes(),
                        context.timeFactor());
        Path to = folder == null ? Path.of(labFolder.lab() + "-report") : folder;
        List<StepResult> results;
        try (Cluster cluster = context.cluster(labFolder)) {
            results = new Report(subject, cluster, Version.CURRENT).write(to, this::print);
        }
        context.console().out().print("\n" + TextReport.summary(results));
        context.console().err().println("the report is in " + to + ": read report.html");
        return ExitCode.of(Totals.of(results)).number();
    }

    private void print(StepResult result) {
        context.console().out().print(TextReport.step(result));
        context.console().out().flush();
    }
}
