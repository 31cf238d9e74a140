package dev.cnilab.cli.walk;

import java.io.IOException;
import java.util.Optional;

/** The source of a reader's lines. */
public interface LineSource {

    /** The execution of a line; returns whether the walkthrough continues. */
    @FunctionalInterface
    interface Request {
        boolean perform() throws IOException, InterruptedException;
    }

    /**
     * The next line.
     *
     * @return empty at the end: Ctrl-D, or the end of a pipe
     */
    Optional<String> next(String prompt);

    /**
     * Runs a request; Ctrl-C interrupts the request only.
     *
     * @throws InterruptedException when the program is to end
     */
    boolean interruptibly(Request request) throws IOException, InterruptedException;
}
