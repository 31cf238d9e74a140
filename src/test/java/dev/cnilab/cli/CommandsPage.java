package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Generates docs/commands.md from the command line. */
final class CommandsPage {

    private static final String INTRODUCTION =
            """
            # Commands

            Data goes to stdout, all else to stderr; `-o json` prints one JSON document, also when there is
            nothing to tell. `NO_COLOR`, `TERM=dumb` and `CI` are respected. Labs keep their state in
            `$XDG_STATE_HOME/lab` (`~/.local/state/lab`).

            Some options have a variable, for a shell profile or a CI job to set once for every command;
            an option that is given on the command line takes precedence. They describe where and how
            `lab` works. What a command does is never taken from the environment: an option that has no
            variable below has none.

            This page follows `lab COMMAND --help`; `CommandsPageTest` holds it to that.

            """;

    private CommandsPage() {}

    static String of(CommandLine lab) {
        StringBuilder page = new StringBuilder(INTRODUCTION).append(exitCodes());
        page.append("## Options of every command\n\n");
        page.append(table(shared(lab)));
        for (CommandLine command : CommandTree.of(lab)) {
            page.append(section(command, lab));
        }
        return page.toString();
    }

    private static String exitCodes() {
        StringBuilder text = new StringBuilder("## Exit codes\n\n| Code | Meaning |\n|---|---|\n");
        for (ExitCode code : ExitCode.values()) {
            text.append("| %d | %s |\n".formatted(code.number(), meaning(code)));
        }
        return text.append(
                        """
                        | 126 | `lab exec`: the command cannot be executed |
                        | 127 | `lab exec`: the place has no such command |
                        | 143 | terminated by SIGTERM |

                        `lab exec` passes on the exit code of the command that it ran, 128 + N when signal N ended it.

                        """)
                .toString();
    }

    private static String meaning(ExitCode code) {
        return switch (code) {
            case OK -> "success";
            case VERIFICATION_FAILED -> "a claim of the lab does not hold";
            case USAGE -> "wrong options or arguments, or a lab's file with mistakes";
            case PREFLIGHT -> "this machine lacks something: `lab doctor` says what";
            case PROVIDER -> "the cluster, the lab or the system failed";
            case TIMEOUT -> "a time-out";
            case NO_STEPS -> "no verification step was selected";
            case INTERNAL -> "an internal error of lab";
            case OUTPUT -> "it succeeded, but its output could not be written, as to a full disk";
            case INTERRUPTED -> "interrupted, as by Ctrl-C";
        };
    }

    private static List<OptionSpec> shared(CommandLine lab) {
        return lab.getCommandSpec().options().stream().filter(option -> !option.hidden()).toList();
    }

    private static String section(CommandLine command, CommandLine lab) {
        List<String> shared = shared(lab).stream().map(OptionSpec::longestName).toList();
        List<OptionSpec> own =
                command.getCommandSpec().options().stream()
                        .filter(option -> !option.hidden())
                        .filter(option -> !shared.contains(option.longestName()))
                        .toList();
        StringBuilder text = new StringBuilder("\n## lab ");
        text.append(CommandTree.words(command)).append("\n\n");
        text.append(String.join(" ", command.getCommandSpec().usageMessage().description()));
        text.append("\n\n");
        for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
            text.append(
                    "- `%s`: %s\n"
                            .formatted(
                                    parameter.paramLabel(),
                                    String.join(" ", parameter.description())));
        }
        if (!command.getCommandSpec().positionalParameters().isEmpty()) {
            text.append(own.isEmpty() ? "" : "\n");
        }
        text.append(own.isEmpty() ? "" : table(own));
        String footer = String.join("\n", command.getCommandSpec().usageMessage().footer()).strip();
        text.append(footer.isEmpty() ? "" : "\n```text\n" + footer + "\n```\n");
        return text.toString().stripTrailing() + "\n";
    }

    private static String table(List<OptionSpec> options) {
        StringBuilder text = new StringBuilder("| Option | Variable | |\n|---|---|---|\n");
        for (OptionSpec option : options) {
            String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
            text.append(
                    "| `%s%s` | %s | %s |\n"
                            .formatted(
                                    String.join("`, `", option.names()),
                                    label,
                                    EnvironmentDefaults.variable(option.longestName())
                                            .map("`%s`"::formatted)
                                            .orElse(""),
                                    String.join(" ", option.description())));
        }
        return text.toString();
    }
}
