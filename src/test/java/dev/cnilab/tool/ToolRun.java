package dev.cnilab.tool;

import dev.cnilab.host.NetNamespace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The result of a tool. */
record ToolRun(int exitCode, String out, String err) {

    static ToolRun in(NetNamespace namespace, String name, String... args) throws IOException {
        return namespace.call(() -> here(name, args));
    }

    static ToolRun here(String name, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode =
                Toolbox.run(
                        name,
                        List.of(args),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new ToolRun(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }
}
