package dev.cnilab.cli.walk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Runs the commands that start with one word. */
@FunctionalInterface
public interface CommandHandler {

    /**
     * @param arguments without that word
     * @param output takes what is printed on either stream
     * @return the exit code
     */
    int run(List<String> arguments, OutputStream output) throws IOException, InterruptedException;
}
