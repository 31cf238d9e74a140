package dev.cnilab.kind;

import dev.cnilab.base.Failure;
import dev.cnilab.base.Remedy;
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
 * Creates a cluster with kind.
 *
 * @param folder for configuration and kubeconfig
 * @param logs directory for the nodes' logs if it fails
 * @param dockerHost the engine, as in DOCKER_HOST
 */
record KindCreation(KindProgram kind, LabSpec spec, Path folder, Path logs, String dockerHost) {

    private static final Duration EXPORT = Duration.ofMinutes(2);
    private static final Duration KUBECONFIG = Duration.ofSeconds(20);
    private static final int EVIDENCE_LINES = 12;

    /**
     * @param progress receives each of kind's completed steps
     * @param reached receives the steps that other work waits for
     */
    void run(Consumer<String> progress, Consumer<KindStep> reached) throws IOException {
        Path config = folder.resolve("kind.yaml");
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(config, KindConfig.of(spec, new KindOwner(folder)));
        // Left by a kind that was killed: the lab's lock excludes other users.
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
                        // Otherwise kind removes failed nodes, with their logs.
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

    /** The kubeconfig from the control plane, available before kind writes the file. */
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
                trouble.map(KnownErrors::remedy)
                        .orElse(
                                Remedy.advise(
                                        "repeat the command with --retain, which keeps the nodes that failed")));
    }

    /** Exports the nodes' logs; returns a line with their directory, or why there are none. */
    private String exportLogs() {
        try {
            if (Files.exists(logs)) {
                FileTree.delete(logs);
            }
            Files.createDirectories(logs);
            ExecResult result =
                    command("export", "logs", logs.toString(), "--name", spec.name()).run(EXPORT);
            // It exports the logs that exist, and fails if a node has none yet.
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
