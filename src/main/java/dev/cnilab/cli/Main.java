package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.demo.Demo;
import dev.cnilab.tool.Toolbox;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The entry point. Tools for pods and nodes are dispatched before the command line is loaded, since
 * they start often and must start fast.
 */
public final class Main {

    private static final int DEMO_PORT = 80;

    private Main() {}

    public static void main(String[] args) throws IOException {
        Map<String, String> environment = System.getenv();
        List<String> words = List.of(args);
        String first = words.isEmpty() ? "" : words.getFirst();
        int code =
                switch (first) {
                    case "tool" ->
                            Toolbox.run(
                                    words.size() < 2 ? "" : words.get(1),
                                    words.subList(Math.min(2, words.size()), words.size()),
                                    System.out,
                                    System.err);
                    case "demo" -> demo(environment);
                    // Services have their own shutdown hooks.
                    case "daemon", "agent" -> command(args, environment);
                    default -> Interruption.during(() -> command(args, environment));
                };
        System.exit(StandardOutput.check(code));
    }

    private static int command(String[] args, Map<String, String> environment) {
        return Wiring.commandLine(environment, Stream.of(args).findFirst()).execute(args);
    }

    private static int demo(Map<String, String> environment) throws IOException {
        Demo.run(DEMO_PORT, environment, System.err);
        return ExitCode.OK.number();
    }
}
