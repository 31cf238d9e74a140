package dev.cnilab.cli.render;

import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.Console.Style;
import dev.cnilab.spec.SpecException;
import java.io.IOException;
import java.io.PrintStream;

/** Prints a failure (what happened, details, fix) and determines the exit code. */
public final class ErrorReport {

    private final Console console;
    private final boolean traces;

    public ErrorReport(Console console, boolean traces) {
        this.console = console;
        this.traces = traces;
    }

    public ExitCode print(Throwable error) {
        PrintStream err = console.err();
        ExitCode code =
                switch (error) {
                    case SpecException e -> {
                        e.problems().forEach(problem -> err.println(problem));
                        int count = e.problems().size();
                        headline("invalid-spec", count + (count == 1 ? " problem" : " problems"));
                        yield ExitCode.USAGE;
                    }
                    case Failure e -> {
                        headline(e.id(), e.what());
                        section("details", e.evidence());
                        section("fix", e.remedy().script());
                        section("hint", e.remedy().advice());
                        yield ExitCode.of(e.kind());
                    }
                    case InterruptedException _ -> interrupted();
                    case Exception _ when Thread.interrupted() -> interrupted();
                    case IOException e -> {
                        headline("io", String.valueOf(e.getMessage()));
                        section("details", e.getClass().getSimpleName());
                        section("hint", traces ? "" : "run it again with --trace");
                        yield ExitCode.PROVIDER;
                    }
                    default -> {
                        headline("internal", "internal error (a bug in lab): " + error);
                        section(
                                "hint",
                                traces ? "" : "run it again with --trace, and report the output");
                        yield ExitCode.INTERNAL;
                    }
                };
        for (Throwable suppressed : error.getSuppressed()) {
            section("also", String.valueOf(suppressed.getMessage()));
        }
        if (traces) {
            error.printStackTrace(err);
        }
        return code;
    }

    private ExitCode interrupted() {
        headline("interrupted", "stopped before the end");
        return ExitCode.INTERRUPTED;
    }

    private void headline(String id, String what) {
        console.err().println(Style.BAD.of("error[" + id + "]: ") + indented(what));
    }

    private void section(String title, String text) {
        if (!text.isBlank()) {
            console.err().println("  " + title + ": " + indented(text.strip()));
        }
    }

    /** Only lab's own lines start at the first columns. */
    private static String indented(String text) {
        return text.replace("\n", "\n        ");
    }
}
