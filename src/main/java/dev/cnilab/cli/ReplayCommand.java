package dev.cnilab.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cli.render.TerminalText;
import dev.cnilab.evidence.Replay;
import dev.cnilab.spec.SpecException;
import dev.cnilab.verify.report.JsonReport;
import dev.cnilab.verify.report.TextReport;
import dev.cnilab.verify.report.Totals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = "Runs a report's expectations again on its evidence, without the lab.",
        footer = {
            "",
            "Exit codes: 0 all hold, 1 some do not, or the evidence was changed.",
            "Needs no privileges and no lab: the report may be from another machine."
        })
final class ReplayCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(paramLabel = "FOLDER", description = "A directory written by lab report.")
    @Nullable Path folder;

    @Mixin OutputOption output = new OutputOption();

    ReplayCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SpecException {
        Replay replay = Replay.of(Objects.requireNonNull(folder));
        if (output.json()) {
            OutputOption.print(context.console(), document(replay));
        } else {
            print(replay, context.console().out());
        }
        ExitCode code = ExitCode.of(Totals.of(replay.results()));
        return (replay.same() ? code : ExitCode.VERIFICATION_FAILED).number();
    }

    private static void print(Replay replay, PrintStream out) {
        replay.damage().forEach(line -> out.println("✗ evidence  " + TerminalText.line(line)));
        for (Replay.Verdict verdict : replay.verdicts()) {
            out.print(TextReport.step(verdict.result()));
            if (!verdict.same()) {
                out.println("    recorded: " + verdict.recorded());
            }
        }
        out.print("\n" + TextReport.summary(replay.results()));
        out.println(
                replay.same()
                        ? "the evidence is unchanged, and all results are as recorded"
                        : "the evidence or a result differs from the record");
    }

    private static ObjectNode document(Replay replay) {
        ObjectNode document = JsonReport.of(replay.lab(), replay.results());
        document.put("same", replay.same());
        replay.damage().forEach(document.putArray("damage")::add);
        ArrayNode different = document.putArray("different");
        replay.verdicts().stream()
                .filter(verdict -> !verdict.same())
                .forEach(verdict ->
                        different
                                .addObject()
                                .put("step", verdict.result().step().name())
                                .put("recorded", verdict.recorded()));
        return document;
    }
}
