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

/** Reads lines from a terminal, with completion, history and search. */
public final class TerminalLines implements LineSource {

    private static final int HISTORY_LINES = 1000;
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    private final Terminal terminal;
    private final LineReader reader;
    private final Screen screen;
    private final Messages messages;

    /**
     * @param history file that is kept between walkthroughs
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
                        // No history expansion.
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .build();
    }

    /** Opens this process's terminal; without line editing if it cannot move its cursor. */
    public static Terminal open() throws IOException {
        Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).nativeSignals(true).build();
        if (terminal.getSize().getColumns() == 0) {
            // Unknown size, as under script(1): a prompt does not fit into 0 columns.
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
                // Discards the line, as a shell does.
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
                // Clears the interrupt for the next line.
                Thread.interrupted();
            }
        }
    }
}
