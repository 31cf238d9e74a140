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
 * A machine without Kubernetes: a network namespace, files of its own under /run and /var/lib/cni,
 * and podman, which knows nothing of this program but its plugin and its conflist.
 */
final class StrangersNode implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final NetNamespace namespace;
    final Path bin;
    final Path conf;
    private final Path folder;
    private final Process holder;
    private final List<Process> started = new ArrayList<>();

    /**
     * @param folder empty; podman's images and containers go there too
     */
    StrangersNode(NetNamespace namespace, Path folder) throws IOException {
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
        // Containers go without cgroups here; crun wants the place to look as if there were some.
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

    /** This program's command; it must succeed. */
    String lab(String... arguments) throws IOException {
        return succeed(Launcher.argv(arguments));
    }

    /** This program's command that goes on until the node is closed. */
    Process start(Path log, String... arguments) throws IOException {
        Process process = inside(Launcher.argv(arguments)).withOutput(log).start();
        started.add(process);
        return process;
    }

    /** A command of the machine; it must succeed. */
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

    /** What the plugin has in use, by its files. */
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

    /** Stops what {@link #start} started. */
    void stop() {
        started.forEach(Process::destroy);
        started.forEach(process -> process.onExit().join());
        started.clear();
    }

    @Override
    public void close() throws IOException {
        podman("rm", "--all", "--force", "--time", "0");
        stop();
        holder.destroy();
        holder.onExit().join();
    }

    private String succeed(List<String> argv) throws IOException {
        ExecResult result = inside(argv).run(PATIENCE);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
        return result.stdout();
    }

    /** All in one mount namespace: what a runtime mounts there, the agent has to see. */
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
