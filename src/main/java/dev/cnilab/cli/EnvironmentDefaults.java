package dev.cnilab.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Default values of options from the environment: {@code LAB_PROVIDER} for {@code --provider}. Only
 * for options on where and how lab works, which a shell profile or a CI job can set for all
 * commands; not for options that change what a command does.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {

    private static final List<String> OPTIONS =
            List.of(
                    "--context",
                    "--image",
                    "--kubeconfig",
                    "--lab",
                    "--lang",
                    "--no-dns",
                    "--no-download",
                    "--node-image",
                    "--output",
                    "--provider",
                    "--quiet",
                    "--retain",
                    "--timeout",
                    "--trace");

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? variable(option.longestName())
                        .map(environment::get)
                        .filter(value -> !value.isEmpty())
                        .orElse(null)
                : null;
    }

    /**
     * The variable of an option; empty for those without.
     *
     * @param option its longest name, with the dashes
     */
    static Optional<String> variable(String option) {
        return Optional.of(option).filter(OPTIONS::contains).map(EnvironmentDefaults::name);
    }

    /** All variables, sorted by option. */
    static List<String> variables() {
        return OPTIONS.stream().map(EnvironmentDefaults::name).toList();
    }

    private static String name(String option) {
        return "LAB_" + option.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
