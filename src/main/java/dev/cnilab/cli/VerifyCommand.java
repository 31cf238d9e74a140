package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Pod;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.StepSpec;
import dev.cnilab.spec.yaml.Suggestions;
import dev.cnilab.verify.PodPair;
import dev.cnilab.verify.RunLimits;
import dev.cnilab.verify.RunListener;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
            "Exit codes: 0 all hold, 1 some do not, 2 a --step fits no step, 6 no step was selected.",
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
            names = "--fail-fast",
            description = "Stop at the first step that does not hold within its budget.")
    boolean failFast;

    @Option(
            names = "--budget",
            converter = IntRange.Seconds.class,
            paramLabel = "SECONDS",
            description = "How long all steps may take together; default: the steps' own budgets.")
    @Nullable Integer budget;

    @Option(
            names = "--junit",
            converter = OutputPath.OfFile.class,
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
        Optional<PodPair> traceable = Optional.empty();
        try {
            LabSpec spec = context.edited(folder).spec(folder);
            StepFilter filter = filter(spec);
            try (Cluster cluster = context.cluster(folder)) {
                results =
                        new Verifier(spec, cluster, filter, context.timeFactor())
                                .run(limits(), listener());
                if (results.stream().anyMatch(StepResult::failed)) {
                    traceable = traceable(spec, cluster);
                }
            }
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
        traceable.ifPresent(pods -> suggestTrace(folder, pods));
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

    /** Finds the pods of the hint; empty also if the cluster does not answer, as it is a hint. */
    private static Optional<PodPair> traceable(LabSpec spec, Cluster cluster) {
        try {
            return PodPair.find(spec.verify(), cluster);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void suggestTrace(LabFolder folder, PodPair pods) {
        context.console()
                .err()
                .printf(
                        "hint: lab trace %s %s --lab %s shows where a packet is lost%n",
                        name(pods.from()), name(pods.to()), folder.lab());
    }

    private static String name(Pod pod) {
        return pod.namespace().equals("default") ? pod.name() : pod.namespace() + "/" + pod.name();
    }

    /** Prints each result, and each failure, as soon as it is known. */
    private RunListener listener() {
        return new RunListener() {
            @Override
            public void done(StepResult result) {
                if (format == Format.text) {
                    context.console().out().print(TextReport.step(result));
                    context.console().out().flush();
                }
            }

            @Override
            public void retrying(StepResult first, Duration rest) {
                if (format == Format.text) {
                    context.console().err().print(TextReport.retrying(first, rest));
                    context.console().err().flush();
                }
            }
        };
    }

    private RunLimits limits() throws Failure {
        TimeFactor factor = context.timeFactor();
        return new RunLimits(
                failFast, Optional.ofNullable(budget).map(Duration::ofSeconds).map(factor::times));
    }

    /**
     * @throws Failure if a pattern fits no step of the lab
     */
    private StepFilter filter(LabSpec spec) throws Failure {
        StepFilter filter;
        try {
            filter = new StepFilter(steps);
        } catch (PatternSyntaxException e) {
            String message = "--step: not a regular expression: " + e.getMessage();
            throw command == null
                    ? new IllegalArgumentException(message, e)
                    : new ParameterException(command.commandLine(), message, e);
        }
        List<String> names = spec.verify().steps().stream().map(StepSpec::name).toList();
        List<String> unmatched = filter.unmatched(names);
        if (!unmatched.isEmpty()) {
            String pattern = unmatched.getFirst();
            throw new Failure(
                    Failure.Kind.USAGE,
                    "no-such-step",
                    "no step's name matches --step '" + pattern + "'",
                    "steps: " + String.join(", ", names),
                    Suggestions.to(pattern.replaceFirst("^!", ""), names)
                            .map(name -> "did you mean '" + name + "'?")
                            .orElse(""));
        }
        return filter;
    }

    private void writeJunit(String xml) throws IOException {
        if (junit != null) {
            Files.writeString(junit, xml);
        }
    }
}
