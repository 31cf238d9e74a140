package dev.cnilab.cli.render;

import dev.cnilab.cli.render.Console.Style;
import dev.cnilab.base.Failure;
import dev.cnilab.spec.SpecException;
import java.io.IOException;
import java.io.PrintStream;

/**
 * Tells the user of a failure: what happened, the evidence, what to do; and gives the exit code.
 */
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
                        section("seen", e.evidence());
                        section("mend", e.remedy());
                        yield ExitCode.of(e.kind());
                    }
                    case InterruptedException _ -> interrupted();
                    case Exception _ when Thread.interrupted() -> interrupted();
                    case IOException e -> {
                        headline("io", String.valueOf(e.getMessage()));
                        section("seen", e.getClass().getSimpleName());
                        section("more", traces ? "" : "run it again with --trace");
                        yield ExitCode.PROVIDER;
                    }
                    default -> {
                        headline("internal", "this is a fault of lab itself: " + error);
                        section(
                                "more",
                                traces ? "" : "run it again with --trace, and report what it says");
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
        console.err().println(console.style(Style.BAD, "error[" + id + "]: ") + what);
    }

    private void section(String title, String text) {
        if (!text.isBlank()) {
            console.err().println("  " + title + ": " + text.strip().replace("\n", "\n        "));
        }
    }
}
