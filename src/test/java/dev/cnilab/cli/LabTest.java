package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cnilab.embedded.EmbeddedProvider;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.kind.KindProvider;
import dev.cnilab.preflight.Preflight;
import dev.cnilab.spec.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The command line on a machine without labs. */
class LabTest {

    @TempDir Path state;

    private Program.Run lab(String... arguments) {
        return Program.in(state, Map.of()).run(arguments);
    }

    /** All commands with their parents' names: "cni install". */
    static Stream<String> commands() {
        return CommandTree.of(Program.in(Path.of("unused"), Map.of()).line()).stream()
                .map(command -> CommandTree.words(command));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelp(String words) {
        List<String> arguments = new ArrayList<>(List.of(words.split(" ")));
        arguments.add("--help");

        Program.Run run = lab(arguments.toArray(String[]::new));

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Usage: lab " + words).contains("--help");
    }

    @Test
    void helpListsEveryCommand() {
        assertThat(lab("--help").out())
                .contains("  up  ", "  down  ", "  verify  ", "  validate  ", "  completion  ")
                .contains("Exit codes:")
                .doesNotContain("daemon");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--no-such-option",
                "no-such-command",
                "up",
                "up flannel-ipip --nodes many",
                "up flannel-ipip --no-such-option",
                "verify -o xml",
                "up flannel-ipip --nodes 0",
                "up flannel-ipip --nodes -1",
                "up flannel-ipip --nodes 300",
                "up flannel-ipip --timeout 0",
                "up flannel-ipip --name Bad_Name",
                "export kind flannel-ipip --nodes 300",
                "trace a b --size -1",
                "trace a b --size 65508",
                "trace a b --tcp 99999",
                "trace a b --tcp 0",
                "trace a b --lab Bad_Name",
                "trace a b --pcap /dev/null/folder",
                "capture a -c 0",
                "capture a -w /nowhere/file",
                "logs --tail 0",
                "verify --junit /nowhere/file",
                "verify --junit /tmp",
                "verify --timeout 0",
                "verify Bad_Name",
                "graph -w /nowhere/file",
                "report --dir /dev/null/folder",
                "walk --record /nowhere/file",
                "docs -w /dev/null/folder",
                "image save /nowhere/file",
                "cni",
                "up no-such-lab"
            })
    void usageErrorsExitWith2(String words) {
        Program.Run run = lab(words.split(" "));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isNotEmpty();
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void missingCommandIsAnError() {
        Program.Run run = lab();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("a command is missing").contains("Usage: lab");
    }

    @Test
    void mistypedCommandSuggestsASimilarOne() {
        assertThat(lab("verfiy").err()).contains("verify");
    }

    @Test
    void invalidSpecExitsWith2AndListsAllErrorsWithLines() throws IOException {
        Path file = Files.writeString(state.resolve("bad.yaml"), "name: A_B\nnodez: []\n");

        Program.Run run = lab("validate", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(file + ":1:", file + ":2:1", "nodez", "error[invalid-spec]:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status other",
                "verify",
                "verify other",
                "graph",
                "exec other node -- true",
                "logs other"
            })
    void missingLabExitsWith4(String words) {
        Program.Run run = lab(words.split(" "));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("error[").containsPattern("(fix|hint): ");
    }

    @Test
    void jsonIsOneDocumentWithoutLabs() throws IOException {
        assertThat(new JsonMapper().readTree(lab("list", "-o", "json").out()))
                .isEqualTo(new JsonMapper().readTree("[]"));
        assertThat(new JsonMapper().readTree(lab("version", "-o", "JSON").out()).fieldNames())
                .toIterable()
                .containsExactly("lab", "java", "kernel", "architecture");
        assertThat(new JsonMapper().readTree(lab("schema").out()).isObject()).isTrue();
    }

    @Test
    void incompleteLabIsListedAsIncomplete() throws IOException {
        Files.createDirectories(state.resolve("labs/half"));

        assertThat(new JsonMapper().readTree(lab("list", "-o", "json").out()))
                .singleElement()
                .satisfies(lab -> {
                    assertThat(lab.path("name").asText()).isEqualTo("half");
                    assertThat(lab.path("state").asText()).isEqualTo("incomplete");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind", "script"})
    void exportAcceptsAnotherNodeImage(String format) {
        String words = "export " + format + " flannel-ipip --node-image kindest/node:v1.37.2";

        assertThat(lab(words.split(" ")).out())
                .contains("    image: kindest/node:v1.37.2\n")
                .doesNotContain("v1.27.3");
    }

    @Test
    void bundledLabIsValid() {
        assertThat(onProviders("validate", "flannel-ipip").out())
                .startsWith("flannel-ipip is valid; nodes: 2, workloads: 1,");
    }

    @Test
    void manifestsAreExportedWithTheLabsValues() throws IOException {
        Path file =
                Files.writeString(
                        state.resolve("lab.yaml"),
                        Files.readString(Path.of("labs/flannel-ipip.yaml"))
                                .replace(
                                        "- manifest: demo",
                                        "- {manifest: demo, values: {nodePort: 32001}}"));

        assertThat(Manifests.objects(lab("export", "manifests", file.toString()).out()))
                .extracting(object -> object.path("kind").asText())
                .contains("ConfigMap", "DaemonSet", "Service");
        assertThat(lab("export", "manifests", file.toString()).out())
                .contains("nodePort: 32001")
                .doesNotContain("${");
    }

    @Test
    void manifestsAreValidatedAgainstTheProvider() throws IOException {
        Files.writeString(
                state.resolve("extra.yaml"),
                """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: j}
                """);
        Path file =
                Files.writeString(
                        state.resolve("lab.yaml"),
                        Files.readString(Path.of("labs/flannel-ipip.yaml"))
                                .replace("walkthrough: ", "# ")
                                .replace(
                                        "- manifest: demo",
                                        "- manifest: demo\n  - manifest: extra.yaml"));

        Program.Run embedded = onProviders("validate", "--provider", "embedded", file.toString());
        assertThat(embedded.exitCode()).isEqualTo(2);
        assertThat(embedded.err())
                .startsWith(state.resolve("extra.yaml") + ":2:7: kind: the embedded cluster");
        assertThat(onProviders("validate", "--provider", "kind", file.toString()).exitCode())
                .isZero();
    }

    @Test
    void bashCompletes() throws IOException {
        Path script = Files.writeString(state.resolve("completion"), lab("completion").out());

        ExecResult checked =
                Command.of("bash", "-n", script.toString()).run(Duration.ofSeconds(20));
        ExecResult completed =
                Command.of(
                                "bash",
                                "-c",
                                ". \"$1\"; COMP_WORDS=(lab ver); COMP_CWORD=1; _complete_lab; echo \"${COMPREPLY[@]}\"",
                                "bash",
                                script.toString())
                        .run(Duration.ofSeconds(20));

        assertThat(checked.describe()).endsWith("exited 0: ");
        assertThat(completed.stdout().strip().split(" ")).contains("verify", "version");
    }

    /** Only listed variables of the environment change options. */
    @ParameterizedTest
    @MethodSource("commands")
    void onlyListedVariablesSetOptions(String words) {
        Map<String, String> environment = new HashMap<>();
        CommandLine lab = Program.in(state, environment).line();
        CommandLine command = find(lab, words);
        List<String> arguments = new ArrayList<>(List.of(words.split(" ")));
        command.getCommandSpec().positionalParameters().stream()
                .filter(PositionalParamSpec::required)
                .forEach(parameter -> arguments.add(other(parameter, "")));
        for (OptionSpec option : command.getCommandSpec().options()) {
            String variable =
                    "LAB_"
                            + option.longestName()
                                    .replaceFirst("^--", "")
                                    .replace('-', '_')
                                    .toUpperCase(Locale.ROOT);
            String before = value(lab, option, arguments);
            environment.put(variable, other(option, before));
            String after = value(lab, option, arguments);
            environment.clear();

            assertThat(!after.equals(before))
                    .as(variable)
                    .isEqualTo(EnvironmentDefaults.variables().contains(variable));
        }
    }

    private static CommandLine find(CommandLine lab, String words) {
        return CommandTree.of(lab).stream()
                .filter(command -> CommandTree.words(command).equals(words))
                .findFirst()
                .orElseThrow();
    }

    private static String value(CommandLine lab, OptionSpec option, List<String> arguments) {
        lab.parseArgs(arguments.toArray(String[]::new));
        Object value = option.getValue();
        return value instanceof Object[] values ? Arrays.toString(values) : String.valueOf(value);
    }

    /** A value of the argument's type that differs from its current one. */
    private static String other(ArgSpec argument, String value) {
        Class<?> type = argument.type();
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(Object::toString)
                    .filter(constant -> !constant.equals(value))
                    .findFirst()
                    .orElseThrow();
        }
        return type == boolean.class ? Boolean.toString(!value.equals("true")) : "7";
    }

    @Test
    void helpListsTheVariables() {
        assertThat(EnvironmentDefaults.variables()).isNotEmpty().doesNotContain("LAB_ALL");
        String listed = String.join(", ", EnvironmentDefaults.variables());
        assertThat(lab("--help").out().replace('\n', ' ')).contains(": " + listed + ".");
    }

    @Test
    void noVariableChangesWhatACommandDoes() throws IOException {
        Files.createDirectories(state.resolve("labs/one"));
        Files.createDirectories(state.resolve("labs/two"));
        Program profile =
                Program.in(state, Map.of("LAB_ALL", "true", "LAB_HELP", "true", "LAB_FIX", "true"));

        assertThat(profile.run("list").out()).startsWith("NAME");
        assertThat(profile.run("down", "three").err()).startsWith("error[no-such-lab]:");
        assertThat(state.resolve("labs/one")).exists();
        assertThat(state.resolve("labs/two")).exists();
    }

    @Test
    void optionsTakePrecedenceOverVariables() throws IOException {
        Program json = Program.in(state, Map.of("LAB_OUTPUT", "json"));

        assertThat(new JsonMapper().readTree(json.run("list").out()).isArray()).isTrue();
        assertThat(json.run("list", "-o", "text").out()).startsWith("NAME");
        assertThat(Program.in(state, Map.of("LAB_OUTPUT", "xml")).run("list").exitCode())
                .isEqualTo(2);
    }

    /** On the command line they are rejected for other providers; variables are ignored there. */
    @Test
    void optionsOfExistingAreRejectedForOtherProviders() {
        String[] typed = "up flannel-ipip --dry-run --provider kind --context x".split(" ");
        assertThat(onKind(Map.of(), typed).err()).startsWith("error[option-of-existing]");
        String[] words = "up flannel-ipip --dry-run --provider kind".split(" ");
        assertThat(onKind(Map.of("LAB_CONTEXT", "x"), words).err())
                .doesNotContain("option-of-existing");
    }

    private Program.Run onProviders(String... arguments) {
        Preflight none = new Preflight(List.of());
        return new Program(
                        state,
                        Map.of(),
                        List.of(
                                new EmbeddedProvider(none, "test"),
                                new KindProvider(Map.of(), none, "test")))
                .run(arguments);
    }

    private Program.Run onKind(Map<String, String> environment, String... arguments) {
        KindProvider kind = new KindProvider(environment, new Preflight(List.of()), "test");
        return new Program(state, environment, List.of(kind)).run(arguments);
    }
}
