package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.spec.LabJsonSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "schema", description = "Prints the JSON Schema of a lab's file, for editors.")
final class SchemaCommand implements Callable<Integer> {

    private final Context context;

    @Option(names = "--walkthrough", description = "The schema of a walkthrough's file.")
    boolean walkthrough;

    SchemaCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.console()
                .out()
                .print(walkthrough ? LabJsonSchema.walkthrough() : LabJsonSchema.text());
        return ExitCode.OK.number();
    }
}
