package dev.cnilab.cli.walk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Runs commands that start with a certain word. */
@FunctionalInterface
public interface CommandHandler {

    /**
     * @param arguments without that word
     * @param output receives both streams
     * @return the exit code
     */
    int run(List<String> arguments, OutputStream output) throws IOException, InterruptedException;
}
