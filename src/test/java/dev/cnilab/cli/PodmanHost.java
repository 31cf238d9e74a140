package dev.cnilab.cli;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.NamespacedProcess;
import dev.cnilab.host.NetNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A host without Kubernetes: a network namespace, its own /run and /var/lib/cni, and podman, which
 * uses lab's plugin by its conflist.
 */
final class PodmanHost implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final NetNamespace namespace;
    final Path bin;
    final Path conf;
    private final Path folder;
    private final Process holder;
    private final List<Process> started = new ArrayList<>();

    /**
     * @param folder empty; also for podman's images and containers
     */
    PodmanHost(NetNamespace namespace, Path folder) throws IOException {
        this.namespace = namespace;
        this.folder = folder;
        bin = folder.resolve("bin");
        conf = folder.resolve("net.d");
        Path run = Files.createDirectories(folder.resolve("run"));
        Path state = Files.createDirectories(folder.resolve("cni"));
        holder =
                new NamespacedProcess(
                                namespace,
                                List.of(
                                        new NamespacedProcess.Bind(run, Path.of("/run")),
                                        new NamespacedProcess.Bind(state, Path.of("/var/lib/cni"))))
                        .start(Command.of("sleep", "infinity"));
        // Containers run without cgroups; crun still requires a cgroup mount.
        run("mount", "-t", "tmpfs", "none", "/sys/fs/cgroup");
        Files.writeString(
                folder.resolve("containers.conf"),
                """
                [network]
                network_backend = "cni"
                cni_plugin_dirs = ["%s"]
                network_config_dir = "%s"
                [engine]
                runtime = "crun"
                cgroup_manager = "cgroupfs"
                events_logger = "none"
                lock_type = "file"
                """
                        .formatted(bin, conf));
    }

    /** Runs lab; fails if the command fails. */
    String lab(String... arguments) throws IOException {
        return succeed(Launcher.argv(arguments));
    }

    /** Starts a command of lab that runs until the host is closed. */
    Process start(Path log, String... arguments) throws IOException {
        Process process = inside(Launcher.argv(arguments)).withOutput(log).start();
        started.add(process);
        return process;
    }

    /** Runs a command on the host; fails if the command fails. */
    String run(String... argv) throws IOException {
        return succeed(List.of(argv));
    }

    String podman(String... arguments) throws IOException {
        List<String> argv =
                new ArrayList<>(
                        List.of(
                                "podman",
                                "--root",
                                folder.resolve("storage").toString(),
                                "--runroot",
                                "/run/containers",
                                "--tmpdir",
                                "/run/libpod",
                                "--storage-driver",
                                "vfs",
                                "--log-level",
                                "error"));
        argv.addAll(List.of(arguments));
        return succeed(argv);
    }

    /** The addresses that the plugin has reserved, from its files. */
    List<String> reserved() throws IOException {
        Path directory = folder.resolve("cni/lab-ipip/cbr0");
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9.]+"))
                    .toList();
        }
    }

    /** Stops the command that {@link #start} started. */
    void stop() {
        started.forEach(Process::destroy);
        started.forEach(PodmanHost::awaitExit);
        started.clear();
    }

    @Override
    public void close() throws IOException {
        podman("rm", "--all", "--force", "--time", "0");
        stop();
        holder.destroy();
        awaitExit(holder);
    }

    /**
     * {@link Process#onExit} would start threads of the common pool in the podman host's network.
     */
    private static void awaitExit(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String succeed(List<String> argv) throws IOException {
        ExecResult result = inside(argv).run(PATIENCE);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
        return result.stdout();
    }

    /**
     * Runs a command in the host's mount namespace, so that the agent sees the runtime's mounts.
     */
    private Command inside(List<String> argv) {
        List<String> enter =
                new ArrayList<>(
                        List.of(
                                "nsenter",
                                "--target",
                                Long.toString(holder.pid()),
                                "--mount",
                                "--net"));
        enter.addAll(argv);
        return Command.of(enter)
                .withEnvironment(
                        Map.of("CONTAINERS_CONF", folder.resolve("containers.conf").toString()));
    }
}
