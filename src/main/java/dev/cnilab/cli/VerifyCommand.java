package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.verify.StepFilter;
import dev.cnilab.verify.StepResult;
import dev.cnilab.verify.Verifier;
import dev.cnilab.verify.report.JsonReport;
import dev.cnilab.verify.report.JunitReport;
import dev.cnilab.verify.report.TapReport;
import dev.cnilab.verify.report.TextReport;
import dev.cnilab.verify.report.Totals;
import dev.cnilab.walk.UndoJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = "Checks every claim of the lab against the live cluster.",
        footer = {
            "",
            "Exit codes: 0 all hold, 1 some do not, 6 no step was selected.",
            "Example: lab verify flannel-ipip --step 'node-port' --step '!outside'"
        })
final class VerifyCommand implements Callable<Integer> {

    /** The output formats. */
    enum Format {
        text,
        json,
        tap
    }

    private final Context context;

    @Spec @Nullable CommandSpec command;

    @Mixin LabArgument lab = new LabArgument();

    @Option(
            names = "--step",
            paramLabel = "REGEX",
            description = "Only steps whose name matches; with a leading !, only the others.")
    List<String> steps = List.of();

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Also write JUnit XML to this file.")
    @Nullable Path junit;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    Format format = Format.text;

    VerifyCommand(Context context) {
        this.context = context;
    }

    /** The verification at the end of {@code up}. */
    static VerifyCommand of(Context context, String lab) {
        VerifyCommand verify = new VerifyCommand(context);
        verify.lab.name = lab;
        return verify;
    }

    @Override
    public Integer call() throws IOException, SpecException, InterruptedException {
        LabFolder folder = context.folder(lab.name);
        List<StepResult> results;
        try (Cluster cluster = context.cluster(folder)) {
            LabSpec spec = context.spec(folder);
            results =
                    new Verifier(spec, cluster, filter(), context.timeFactor())
                            .run(this::printAtOnce);
        } catch (IOException | SpecException | InterruptedException e) {
            writeJunit(JunitReport.aborted(folder.lab(), String.valueOf(e.getMessage())));
            throw e;
        }
        switch (format) {
            case text -> context.console().out().print("\n" + TextReport.summary(results));
            case json ->
                    OutputOption.print(context.console(), JsonReport.of(folder.lab(), results));
            case tap -> context.console().out().print(TapReport.of(results));
        }
        writeJunit(JunitReport.of(folder.lab(), results));
        reportWalkChanges(folder);
        ExitCode exitCode = ExitCode.of(Totals.of(results));
        if (exitCode == ExitCode.NO_STEPS) {
            context.console()
                    .err()
                    .printf("no step's name matches --step %s%n", String.join(" --step ", steps));
        }
        return exitCode.number();
    }

    /** Reports changes of a walkthrough, which may be the cause of failures. */
    private void reportWalkChanges(LabFolder folder) throws IOException {
        List<String> changes =
                UndoJournal.in(folder.path()).entries().stream()
                        .map(UndoJournal.Entry::id)
                        .toList();
        if (!changes.isEmpty()) {
            context.console()
                    .err()
                    .printf(
                            "a walk has changed this lab: %s; 'lab walk %s' rolls that back%n",
                            String.join(", ", changes), folder.lab());
        }
    }

    private void printAtOnce(StepResult result) {
        if (format == Format.text) {
            context.console().out().print(TextReport.step(result));
            context.console().out().flush();
        }
    }

    private StepFilter filter() {
        try {
            return new StepFilter(steps);
        } catch (PatternSyntaxException e) {
            String message = "--step: not a regular expression: " + e.getMessage();
            throw command == null
                    ? new IllegalArgumentException(message, e)
                    : new ParameterException(command.commandLine(), message, e);
        }
    }

    private void writeJunit(String xml) throws IOException {
        if (junit != null) {
            Files.writeString(junit, xml);
        }
    }
}
