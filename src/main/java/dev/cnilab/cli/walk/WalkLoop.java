package dev.cnilab.cli.walk;

import dev.cnilab.cli.render.Console;
import dev.cnilab.cli.render.ErrorReport;
import java.io.IOException;
import java.util.Optional;

/** Runs the reader's lines in sequence. Failures are printed, and the walkthrough continues. */
public final class WalkLoop {

    private final WalkSession session;
    private final LineSource lines;
    private final Messages messages;
    private final Screen screen;
    private final Console console;

    public WalkLoop(
            WalkSession session,
            LineSource lines,
            Messages messages,
            Screen screen,
            Console console) {
        this.session = session;
        this.lines = lines;
        this.messages = messages;
        this.screen = screen;
        this.console = console;
    }

    /** Runs until the reader quits. */
    public void run() throws InterruptedException {
        screen.line(messages.get("welcome"));
        boolean goesOn = answer(session::show);
        while (goesOn) {
            Optional<String> line = lines.next(session.prompt());
            goesOn = line.isPresent() && answer(() -> session.perform(line.get()));
        }
    }

    private boolean answer(LineSource.Request request) throws InterruptedException {
        try {
            return lines.interruptibly(request);
        } catch (IOException e) {
            new ErrorReport(console, false).print(e);
        } catch (IllegalArgumentException e) {
            screen.line(String.valueOf(e.getMessage()));
        }
        return true;
    }
}
