package dev.cnilab.cli.walk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** Lines that a person types, with completion, history and search. */
public final class TerminalLines implements LineSource {

    private static final int HISTORY_LINES = 1000;
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    private final Terminal terminal;
    private final LineReader reader;
    private final Screen screen;
    private final Messages messages;

    /**
     * @param history kept from walk to walk
     */
    public TerminalLines(
            Terminal terminal,
            Completer completer,
            Path history,
            Screen screen,
            Messages messages) {
        this.terminal = terminal;
        this.screen = screen;
        this.messages = messages;
        this.reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .completer(completer)
                        .variable(LineReader.HISTORY_FILE, history)
                        .variable(LineReader.HISTORY_SIZE, HISTORY_LINES)
                        .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES)
                        // No word of a command line means an earlier one.
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .build();
    }

    /** This process's terminal; one that can't move its cursor is used as it is. */
    public static Terminal open() throws IOException {
        Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).nativeSignals(true).build();
        if (terminal.getSize().getColumns() == 0) {
            // Nobody has told it, as under script(1); no prompt fits into no columns.
            terminal.setSize(Size.of(columns(terminal), rows(terminal)));
        }
        return terminal;
    }

    public static int columns(Terminal terminal) {
        return terminal.getSize().getColumns() > 0
                ? terminal.getSize().getColumns()
                : USUAL_COLUMNS;
    }

    public static int rows(Terminal terminal) {
        return terminal.getSize().getRows() > 0 ? terminal.getSize().getRows() : USUAL_ROWS;
    }

    @Override
    public Optional<String> next(String prompt) {
        while (true) {
            try {
                String line = reader.readLine("\n" + prompt);
                screen.record("\n" + prompt + line + "\n");
                return Optional.of(line);
            } catch (UserInterruptException e) {
                // What was typed is thrown away, as in a shell.
            } catch (EndOfFileException e) {
                return Optional.empty();
            }
        }
    }

    @Override
    public boolean interruptibly(Request request) throws IOException, InterruptedException {
        Thread runner = Thread.currentThread();
        AtomicBoolean pressed = new AtomicBoolean();
        Terminal.SignalHandler before =
                terminal.handle(
                        Signal.INT,
                        signal -> {
                            pressed.set(true);
                            runner.interrupt();
                        });
        try {
            return request.perform();
        } catch (IOException | InterruptedException e) {
            if (!pressed.get()) {
                throw e;
            }
            screen.line(messages.get("interrupted"));
            return true;
        } finally {
            terminal.handle(Signal.INT, before);
            if (pressed.get()) {
                // Its mark is not for the next line.
                Thread.interrupted();
            }
        }
    }
}
