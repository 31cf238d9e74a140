package dev.cnilab.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cli.render.TextTable;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.lifecycle.LabRecord;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Lists the labs of this machine.")
final class ListCommand implements Callable<Integer> {

    private final Context context;

    @Mixin OutputOption output = new OutputOption();

    ListCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        TextTable table = new TextTable("NAME", "PROVIDER", "STATE", "FOLDER");
        ArrayNode document = JsonNodeFactory.instance.arrayNode();
        for (LabFolder folder : context.home().labs()) {
            String provider = "unknown";
            String state = "broken";
            try {
                provider = LabRecord.read(folder).provider();
                boolean up = context.provider(provider).clusterExists(folder.lab(), folder.path());
                state = up ? "up" : "broken";
            } catch (Failure e) {
                state = "incomplete";
            }
            table.row(folder.lab(), provider, state, folder.path());
            document.addObject()
                    .put("name", folder.lab())
                    .put("provider", provider)
                    .put("state", state)
                    .put("folder", folder.path().toString());
        }
        if (output.json()) {
            OutputOption.print(context.console(), document);
        } else {
            context.console().out().print(table);
        }
        return ExitCode.OK.number();
    }
}
