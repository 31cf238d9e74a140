package dev.cnilab.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
        name = "lab",
        description = "Kubernetes pod networking, made real, repeatable and checkable.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Start with: lab up flannel-ipip",
            "Every option has a variable: --provider is LAB_PROVIDER.",
            "Exit codes: 0 ok, 1 verification failed, 2 usage or spec, 3 preflight, 4 provider,",
            "5 time-out, 6 no steps, 130 interrupted."
        })
final class Lab implements Runnable {

    @Spec @Nullable CommandSpec spec;

    @Option(
            names = "--trace",
            scope = ScopeType.INHERIT,
            description = "Show stack traces of errors.")
    boolean trace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

    /** The whole command line, ready to run. */
    static CommandLine commandLine(Context context) {
        Lab lab = new Lab();
        CommandLine line = new CommandLine(lab);
        line.addSubcommand(new UpCommand(context))
                .addSubcommand(new DownCommand(context))
                .addSubcommand(new VerifyCommand(context))
                .addSubcommand(new StatusCommand(context))
                .addSubcommand(new ListCommand(context))
                .addSubcommand(new ExecCommand(context))
                .addSubcommand(new LogsCommand(context))
                .addSubcommand(new ValidateCommand(context))
                .addSubcommand(new SchemaCommand(context))
                .addSubcommand(new VersionCommand(context))
                .addSubcommand(new CompletionCommand(context))
                .addSubcommand(new AgentCommand(context))
                .addSubcommand(
                        new CommandLine(new CniCommand())
                                .addSubcommand(new CniCommand.Install(context))
                                .addSubcommand(new CniCommand.Uninstall()))
                .addSubcommand(new DaemonCommand());
        line.setDefaultValueProvider(new EnvironmentDefaults(context.environment()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((error, command, parsed) ->
                new ErrorReport(context.console(), lab.trace).print(error).number());
        return line;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }
}
