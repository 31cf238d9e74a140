package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Numbers, names and paths are checked as the command line is parsed, or there is a reason. */
class OptionValuesTest {

    private static final Set<Class<?>> CHECKED_BY_PICOCLI = Set.of(boolean.class, Boolean.class);

    /** Reasons to have no converter, with the options and parameters. */
    private static final Map<String, Set<String>> REASONS =
            Map.of(
                    "lab's manifests give them, on nodes",
                    Set.of(
                            "agent --conf-dir",
                            "agent --conflist",
                            "agent --iface",
                            "agent --iface-can-reach",
                            "agent --iface-regex",
                            "agent --kubeconfig",
                            "agent --leases",
                            "agent --net-conf",
                            "agent --node",
                            "agent --public-ip",
                            "cni install --bin-dir",
                            "cni install --conf-dir",
                            "cni install --conflist",
                            "cni uninstall --bin-dir",
                            "cni uninstall --conf-dir"),
                    "StateHome checks the names of labs, and has the exit code of usage errors",
                    Set.of(
                            "docs LAB",
                            "down LAB",
                            "exec --lab",
                            "graph LAB",
                            "kubeconfig LAB",
                            "report LAB",
                            "status LAB",
                            "verify LAB",
                            "walk LAB"),
                    "the name of a bundled lab, or a file that is read before anything is made",
                    Set.of("doctor LAB", "export LAB", "up LAB", "validate LAB"),
                    "read before anything is made",
                    Set.of(
                            "decode FILE",
                            "graph --trace-file",
                            "image build --jdk",
                            "image build --root",
                            "image save --jdk",
                            "image save --root",
                            "replay FOLDER",
                            "up --kubeconfig"),
                    "what is meant depends on the running lab",
                    Set.of(
                            "capture WHERE[:IFACE]... [FILTER]",
                            "decode FILTER",
                            "exec COMMAND",
                            "exec WHERE",
                            "logs WHAT",
                            "trace FROM",
                            "trace TO"),
                    "checked with the lab, the provider or the kubeconfig, before anything is made",
                    Set.of(
                            "doctor --node-image",
                            "export --node-image",
                            "up --context",
                            "up --image",
                            "up --node-image",
                            "up --provider",
                            "validate --provider",
                            "verify --step"));

    @Test
    void eachHasAConverterOrAReason() {
        CommandLine lab = Program.in(Path.of("unused"), Map.of()).line();
        Set<String> unchecked =
                CommandTree.of(lab).stream()
                        .flatMap(command ->
                                command.getCommandSpec().args().stream()
                                        .filter(OptionValuesTest::isFree)
                                        .map(argument -> name(command, argument)))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unchecked)
                .containsExactlyInAnyOrderElementsOf(
                        REASONS.values().stream().flatMap(Set::stream).toList());
    }

    /** Whether any text is accepted. */
    private static boolean isFree(ArgSpec argument) {
        return argument.converters().length == 0
                && Stream.concat(Stream.of(argument.type()), Stream.of(argument.auxiliaryTypes()))
                        .noneMatch(type -> type.isEnum() || CHECKED_BY_PICOCLI.contains(type));
    }

    private static String name(CommandLine command, ArgSpec argument) {
        return CommandTree.words(command)
                + " "
                + (argument instanceof OptionSpec option
                        ? option.longestName()
                        : argument.paramLabel());
    }
}
