package dev.cnilab.cli.walk;

import java.io.IOException;
import java.util.Optional;

/** Where the reader's words come from. */
public interface LineSource {

    /** What a line asks for; says whether the walk goes on. */
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
     * Does what a line asks for. A Ctrl-C meanwhile ends that, and not the walk.
     *
     * @throws InterruptedException when the program is to end
     */
    boolean interruptibly(Request request) throws IOException, InterruptedException;
}
