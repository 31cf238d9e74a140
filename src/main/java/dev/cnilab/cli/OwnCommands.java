package dev.cnilab.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cnilab.cli.render.Console;
import dev.cnilab.cli.walk.CommandHandler;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Lab's commands in a walkthrough, run on its lab. */
final class OwnCommands {

    /** Commands that are not available in a walkthrough. */
    private static final Set<String> LEFT_OUT =
            Set.of("walk", "docs", "daemon", "train", "agent", "cni", "completion");

    private OwnCommands() {}

    static Map<String, CommandHandler> of(Context context, String lab) {
        Map<String, String> environment = new HashMap<>(context.environment());
        environment.put("LAB_LAB", lab);
        Map<String, CommandHandler> handlers = new TreeMap<>();
        for (String name : Lab.names(context)) {
            if (!LEFT_OUT.contains(name)) {
                handlers.put(
                        name,
                        (arguments, output) -> run(context, environment, name, arguments, output));
            }
        }
        return handlers;
    }

    private static int run(
            Context context,
            Map<String, String> environment,
            String name,
            List<String> arguments,
            OutputStream output) {
        PrintStream stream = new PrintStream(output, true, UTF_8);
        PrintWriter writer = new PrintWriter(stream, true, UTF_8);
        Context inner =
                new Context(
                        new Console(stream, stream, false, false),
                        environment,
                        context.home(),
                        context.preflight(),
                        context.providers());
        List<String> words = new ArrayList<>(List.of(name));
        words.addAll(arguments);
        return Lab.commandLine(inner, Optional.of(name))
                .setOut(writer)
                .setErr(writer)
                .execute(words.toArray(String[]::new));
    }
}
