package dev.cnilab.cli;

import java.io.IOException;
import java.util.Optional;

/** Takes the reader's lines one after another. What fails is told, and the walk goes on. */
final class Conversation {

    private final WalkSession session;
    private final Lines lines;
    private final Messages messages;
    private final Screen screen;
    private final Console console;

    Conversation(
            WalkSession session, Lines lines, Messages messages, Screen screen, Console console) {
        this.session = session;
        this.lines = lines;
        this.messages = messages;
        this.screen = screen;
        this.console = console;
    }

    /** Until the reader quits. */
    void run() throws InterruptedException {
        screen.line(messages.get("welcome"));
        boolean goesOn = answer(session::show);
        while (goesOn) {
            Optional<String> line = lines.next(session.prompt());
            goesOn = line.isPresent() && answer(() -> session.perform(line.get()));
        }
    }

    private boolean answer(Lines.Request request) throws InterruptedException {
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
