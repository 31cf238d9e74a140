package dev.cnilab.cli;

import dev.cnilab.cli.render.Console;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cli.walk.LineSource;
import dev.cnilab.cli.walk.Messages;
import dev.cnilab.cli.walk.PageText;
import dev.cnilab.cli.walk.PipedLines;
import dev.cnilab.cli.walk.Screen;
import dev.cnilab.cli.walk.TerminalLines;
import dev.cnilab.cli.walk.WalkCompleter;
import dev.cnilab.cli.walk.WalkLoop;
import dev.cnilab.cli.walk.WalkScript;
import dev.cnilab.cli.walk.WalkSession;
import dev.cnilab.spec.SpecException;
import dev.cnilab.walk.Asciicast;
import dev.cnilab.walk.Language;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "walk",
        description = "Walks through the lab: page by page, then with faults to find.",
        footer = {"", "Exit codes: 0 ok, 1 with --script: an expectation of a page does not hold."})
final class WalkCommand implements Callable<Integer> {

    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    private final Context context;

    @Mixin LabArgument lab = new LabArgument();

    @Mixin LanguageOption lang = new LanguageOption();

    @Option(
            names = "--script",
            description = "Run all pages and faults without interaction, and check them.")
    boolean script;

    @Option(
            names = "--record",
            converter = OutputPath.OfFile.class,
            paramLabel = "FILE",
            description = "Record it as asciicast (v2) to this file.")
    @Nullable Path record;

    WalkCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SpecException, InterruptedException {
        try (OpenWalk open = OpenWalk.open(context, lab.name)) {
            if (script) {
                return script(open);
            }
            return Console.isTerminal() ? inTerminal(open) : inPipe(open);
        }
    }

    private int script(OpenWalk open) throws IOException, InterruptedException {
        try (Asciicast cast = recording(open, COLUMNS, ROWS)) {
            Screen screen = screen(cast);
            PageText pages = pages(open, screen);
            List<String> drift =
                    new WalkScript(open.walk(), open.faults(), language(), pages, screen).run();
            drift.forEach(text -> context.console().err().println("error[drift]: " + text));
            return (drift.isEmpty() ? ExitCode.OK : ExitCode.VERIFICATION_FAILED).number();
        }
    }

    private int inPipe(OpenWalk open) throws IOException, InterruptedException {
        try (Asciicast cast = recording(open, COLUMNS, ROWS)) {
            Screen screen = screen(cast);
            return converse(open, screen, new PipedLines(System.in, screen));
        }
    }

    /** A screen for output that is no terminal; a recording assumes one. */
    private Screen screen(@Nullable Asciicast cast) {
        return new Screen(context.console(), COLUMNS, cast != null, Optional.ofNullable(cast));
    }

    private int inTerminal(OpenWalk open) throws IOException, InterruptedException {
        try (Terminal terminal = TerminalLines.open();
                Asciicast cast =
                        recording(
                                open,
                                TerminalLines.columns(terminal),
                                TerminalLines.rows(terminal))) {
            Screen screen =
                    new Screen(
                            context.console(),
                            TerminalLines.columns(terminal),
                            true,
                            Optional.ofNullable(cast));
            WalkCompleter completer =
                    new WalkCompleter(
                            open.cluster(), open.interpreter(), open.walk(), open.faults());
            Path history = open.folder().path().resolve("walk-history");
            TerminalLines lines =
                    new TerminalLines(
                            terminal, completer, history, screen, new Messages(language()));
            return converse(open, screen, lines);
        }
    }

    private int converse(OpenWalk open, Screen screen, LineSource lines)
            throws IOException, InterruptedException {
        Messages messages = new Messages(language());
        WalkSession session =
                new WalkSession(
                        open.walk(),
                        open.faults(),
                        open.interpreter(),
                        pages(open, screen),
                        language(),
                        messages,
                        screen);
        new WalkLoop(session, lines, messages, screen, context.console()).run();
        return ExitCode.OK.number();
    }

    /** Rolls back and reports changes of earlier walkthroughs first. */
    private PageText pages(OpenWalk open, Screen screen) throws IOException {
        Messages messages = new Messages(language());
        List<String> left = open.takeBack();
        if (!left.isEmpty()) {
            screen.line(messages.get("taken-back") + ": " + String.join(", ", left));
        }
        return new PageText(open.walk(), language(), messages, screen);
    }

    private @Nullable Asciicast recording(OpenWalk open, int columns, int rows) throws IOException {
        return record == null
                ? null
                : Asciicast.record(record, columns, rows, "lab walk " + open.folder().lab());
    }

    private Language language() {
        return lang.or(context.environment());
    }
}
