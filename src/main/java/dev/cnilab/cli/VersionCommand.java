package dev.cnilab.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cli.render.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "Prints the versions of lab, Java and the kernel.")
final class VersionCommand implements Callable<Integer> {

    private final Context context;

    @Mixin OutputOption output = new OutputOption();

    VersionCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        ObjectNode versions =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("lab", Version.CURRENT)
                        .put("java", System.getProperty("java.runtime.version"))
                        .put("kernel", System.getProperty("os.version"))
                        .put("architecture", System.getProperty("os.arch"));
        if (output.json()) {
            OutputOption.print(context.console(), versions);
        } else {
            versions.properties()
                    .forEach(each ->
                            context.console()
                                    .out()
                                    .printf("%-13s %s%n", each.getKey(), each.getValue().asText()));
        }
        return ExitCode.OK.number();
    }
}
