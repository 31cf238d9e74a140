package dev.cnilab.cli;

import dev.cnilab.cli.render.ErrorReport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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
            "A shell profile or a CI job can set these variables instead of options:",
            "LAB_CONTEXT, LAB_IMAGE, LAB_KUBECONFIG, LAB_LAB, LAB_LANG, LAB_NO_DNS,",
            "LAB_NO_DOWNLOAD, LAB_NODE_IMAGE, LAB_OUTPUT, LAB_PROVIDER, LAB_QUIET,",
            "LAB_RETAIN, LAB_TIMEOUT, LAB_TRACE.",
            "Exit codes: 0 ok, 1 verification failed, 2 usage or spec, 3 preflight,",
            "4 provider, 5 time-out, 6 no steps, 74 output lost, 130 interrupted."
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

    /**
     * Creates the command line.
     *
     * @param first the first argument: if it is a command, only that one is created, since reading
     *     the annotations of all takes longer than most commands run
     */
    static CommandLine commandLine(Context context, Optional<String> first) {
        Lab lab = new Lab();
        CommandLine line = new CommandLine(lab);
        Map<String, Supplier<Object>> commands = commands(context);
        first.filter(commands::containsKey)
                .map(Set::of)
                .orElse(commands.keySet())
                .forEach(name -> line.addSubcommand(command(commands, name)));
        line.setDefaultValueProvider(new EnvironmentDefaults(context.environment()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((error, command, parsed) ->
                error instanceof NotRoot
                        ? again(context, lab.trace, parsed.originalArgs())
                        : new ErrorReport(context.console(), lab.trace).print(error).number());
        return line;
    }

    private static int again(Context context, boolean trace, List<String> args) {
        try {
            return new Rootless(context.home()).run(args);
        } catch (IOException e) {
            return new ErrorReport(context.console(), trace).print(e).number();
        }
    }

    /** The names of all commands. */
    static Set<String> names(Context context) {
        return commands(context).keySet();
    }

    /** The commands in the order of the help. */
    private static Map<String, Supplier<Object>> commands(Context context) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("up", () -> new UpCommand(context));
        commands.put("down", () -> new DownCommand(context));
        commands.put("verify", () -> new VerifyCommand(context));
        commands.put("status", () -> new StatusCommand(context));
        commands.put("list", () -> new ListCommand(context));
        commands.put("graph", () -> new GraphCommand(context));
        commands.put("report", () -> new ReportCommand(context));
        commands.put("replay", () -> new ReplayCommand(context));
        commands.put("exec", () -> new ExecCommand(context));
        commands.put("trace", () -> new TraceCommand(context));
        commands.put("capture", () -> new CaptureCommand(context));
        commands.put("decode", () -> new DecodeCommand(context));
        commands.put("logs", () -> new LogsCommand(context));
        commands.put("kubeconfig", () -> new KubeconfigCommand(context));
        commands.put("walk", () -> new WalkCommand(context));
        commands.put("docs", () -> new DocsCommand(context));
        commands.put("doctor", () -> new DoctorCommand(context));
        commands.put("image", () -> image(context));
        commands.put("export", () -> new ExportCommand(context));
        commands.put("validate", () -> new ValidateCommand(context));
        commands.put("schema", () -> new SchemaCommand(context));
        commands.put("version", () -> new VersionCommand(context));
        commands.put("completion", () -> new CompletionCommand(context));
        commands.put("agent", () -> new AgentCommand(context));
        commands.put("cni", () -> cni(context));
        commands.put("daemon", DaemonCommand::new);
        commands.put("train", () -> new Training(context));
        return commands;
    }

    private static Object command(Map<String, Supplier<Object>> commands, String name) {
        return Objects.requireNonNull(commands.get(name)).get();
    }

    private static CommandLine image(Context context) {
        return new CommandLine(new ImageCommand())
                .addSubcommand(new ImageCommand.Build(context))
                .addSubcommand(new ImageCommand.Save(context));
    }

    private static CommandLine cni(Context context) {
        return new CommandLine(new CniCommand())
                .addSubcommand(new CniCommand.Install(context))
                .addSubcommand(new CniCommand.ListPods(context))
                .addSubcommand(new CniCommand.PutCordon())
                .addSubcommand(new CniCommand.LiftCordon())
                .addSubcommand(new CniCommand.Uninstall());
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }
}
