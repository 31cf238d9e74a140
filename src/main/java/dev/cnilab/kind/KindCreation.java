package dev.cnilab.kind;

import dev.cnilab.base.Failure;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.FileTree;
import dev.cnilab.spec.LabSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Has kind make a cluster.
 *
 * @param folder takes configuration and kubeconfig
 * @param logs takes what the nodes logged when it fails
 * @param dockerHost the engine, as DOCKER_HOST has it
 */
record KindCreation(KindProgram kind, LabSpec spec, Path folder, Path logs, String dockerHost) {

    private static final Duration EXPORT = Duration.ofMinutes(2);
    private static final Duration KUBECONFIG = Duration.ofSeconds(20);
    private static final int EVIDENCE_LINES = 12;

    /**
     * @param progress takes each of kind's steps once it is done
     * @param reached takes the steps that other work waits for
     */
    void run(Consumer<String> progress, Consumer<KindStep> reached) throws IOException {
        Path config = folder.resolve("kind.yaml");
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(config, KindConfig.of(spec, new KindOwner(folder)));
        // Of a kind that was killed: nobody else works on the lab, which is locked.
        Files.deleteIfExists(folder.resolve("kubeconfig.lock"));
        Command command =
                command(
                        "create",
                        "cluster",
                        "--name",
                        spec.name(),
                        "--config",
                        config.toString(),
                        "--kubeconfig",
                        kubeconfig.toString(),
                        // kind would remove what shows why it failed.
                        "--retain");
        KindRun run =
                KindRun.of(
                        command,
                        words -> {
                            progress.accept("kind: " + words);
                            KindStep.of(words).ifPresent(reached);
                        });
        if (run.exitCode() != 0) {
            throw failure(run);
        }
    }

    /** As the control plane has it, which is there before kind writes it to its file. */
    String kubeconfig() throws IOException {
        ExecResult result = command("get", "kubeconfig", "--name", spec.name()).run(KUBECONFIG);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
        return result.stdout();
    }

    private Failure failure(KindRun run) {
        Optional<KnownErrors> trouble = KindError.in(run.output()).flatMap(KnownErrors::in);
        return new Failure(
                Failure.Kind.PROVIDER,
                trouble.map(KnownErrors::id).orElse("kind-failed"),
                "kind failed to create the cluster"
                        + trouble.map(known -> ": " + known.cause()).orElse(""),
                tail(run.output()) + exportLogs(),
                trouble.map(known -> known.remedy() + "; then ").orElse("")
                        + "lab up again, with --retain to keep the nodes that failed");
    }

    /** Where the nodes' logs are, or nothing when there was no node to have any. */
    private String exportLogs() {
        try {
            if (Files.exists(logs)) {
                FileTree.delete(logs);
            }
            Files.createDirectories(logs);
            ExecResult result =
                    command("export", "logs", logs.toString(), "--name", spec.name()).run(EXPORT);
            // It gathers what there is, and fails when a node had not come as far as to log.
            try (DirectoryStream<Path> gathered = Files.newDirectoryStream(logs)) {
                return gathered.iterator().hasNext()
                        ? "\nlogs of the nodes: " + logs
                        : "\nno logs of the nodes: " + result.describe();
            }
        } catch (IOException e) {
            return "\nno logs: " + e.getMessage();
        }
    }

    private static String tail(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        return lines.stream()
                .skip(Math.max(0, lines.size() - EVIDENCE_LINES))
                .collect(Collectors.joining("\n"));
    }

    private Command command(String... arguments) {
        List<String> argv = new ArrayList<>(List.of(kind.file().toString()));
        argv.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>();
        environment.put("DOCKER_HOST", dockerHost);
        environment.put("KIND_EXPERIMENTAL_PROVIDER", "docker");
        environment.put("KIND_EXPERIMENTAL_DOCKER_NETWORK", spec.network().name());
        return Command.of(argv).withEnvironment(environment);
    }
}
