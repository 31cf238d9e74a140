package dev.cnilab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Scene;
import dev.cnilab.testbed.TestFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A sandbox with this machine's kernel and files, and its own processes, mounts, network and /run;
 * closing it kills all its processes.
 */
final class Machine implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration COMMAND = Duration.ofSeconds(30);

    /** The shell's builtin, since minimal systems lack the program kill. */
    private static final String KILL = "kill -s \"$0\" \"$1\"";

    private static final Duration LAB = Duration.ofMinutes(8);

    /** The directory of temporary files, separate for each machine. */
    static final Path TEMPORARY = Path.of("/tmp");

    /** The script that sets up the mounts; its arguments are directories below /tmp to keep. */
    private static final String SET_UP =
            """
            set -e
            # Mounts of other programs, which vanish from here, too, when those end.
            detach() {
              while read -r _ _ _ _ point _; do
                case $point in $1) umount -l "$point" 2>/dev/null || true ;; esac
              done </proc/self/mountinfo
            }
            detach '/run/*'
            detach '/var/lib/docker/*'
            detach '/var/lib/containe*/*'
            mount -t tmpfs -o mode=755 tmpfs /run
            mkdir /run/shared
            for folder; do
              mkdir -p "/run/shared$folder"
              mount --rbind "$folder" "/run/shared$folder"
            done
            detach '/tmp/*'
            mount -t tmpfs -o mode=1777 tmpfs /tmp
            for folder; do
              mkdir -p "$folder"
              mount --move "/run/shared$folder" "$folder"
            done
            # Never rm -r: what is mounted there is not the machine's alone.
            find /run/shared -xdev -type d -delete
            echo ready
            exec sleep infinity
            """;

    private final Process unshare;
    private final long init;
    private final Path state;
    private final Set<Path> shared;

    private Machine(Process unshare, long init, Path state, Set<Path> shared) {
        this.unshare = unshare;
        this.init = init;
        this.state = state;
        this.shared = shared;
    }

    /**
     * @param state value of XDG_STATE_HOME on it
     */
    static Machine start(Path state) throws IOException {
        Set<Path> shared = sharedFolders();
        List<String> argv =
                new ArrayList<>(
                        List.of("unshare", "--mount", "--net", "--pid", "--fork", "--kill-child"));
        argv.addAll(List.of("--mount-proc", "sh", "-c", SET_UP, "sh"));
        shared.forEach(folder -> argv.add(folder.toString()));
        Process unshare = Command.of(argv).start();
        String line = new String(unshare.getInputStream().readNBytes(5), StandardCharsets.UTF_8);
        if (!line.equals("ready")) {
            String reason =
                    new String(unshare.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            throw new IOException("no machine: " + reason);
        }
        long init = unshare.children().findFirst().orElseThrow().pid();
        Machine machine = new Machine(unshare, init, state, shared);
        Scene.in(machine.network()).up("lo");
        return machine;
    }

    /** Directories below /tmp to keep: those of tests, of the program and of its caches. */
    private static Set<Path> sharedFolders() throws IOException {
        Path home = Path.of(System.getProperty("user.home"));
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", home.toString());
        List<Path> folders =
                List.of(
                        TestFolders.root(),
                        Path.of(System.getProperty("user.dir")),
                        Path.of(System.getProperty("java.home")),
                        home,
                        Path.of(cache));
        Set<Path> shared = new TreeSet<>();
        for (Path folder : folders.stream().sorted().toList()) {
            boolean below = folder.startsWith(TEMPORARY) && !folder.equals(TEMPORARY);
            if (below && shared.stream().noneMatch(folder::startsWith)) {
                shared.add(Files.createDirectories(folder));
            }
        }
        return shared;
    }

    /** Directories below /tmp that all machines share. */
    Set<Path> shared() {
        return shared;
    }

    NetNamespace network() {
        return NetNamespace.ofProcess(init);
    }

    /** The path by which this process reaches a file of the machine, which has other mounts. */
    Path path(Path onMachine) {
        return Path.of("/proc/" + init + "/root" + onMachine);
    }

    Path state() {
        return state;
    }

    Path folder(String lab) {
        return state.resolve("lab").resolve("labs").resolve(lab);
    }

    /** Runs a command on it; fails if the command fails. */
    String run(String... argv) throws IOException {
        ExecResult result = Command.of(inside(List.of(argv))).run(COMMAND);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
        return result.stdout();
    }

    /** Runs lab on it. */
    ExecResult lab(String... args) throws IOException {
        return Command.await(List.of(args), start(args), LAB);
    }

    /** Starts lab on it. */
    Process start(String... args) throws IOException {
        return start(List.of(), args);
    }

    /**
     * @param wrapper a command that runs the program: {@code setpriv ...}
     */
    Process start(List<String> wrapper, String... args) throws IOException {
        List<String> argv = new ArrayList<>(wrapper);
        argv.addAll(Launcher.argv(args));
        return startProgram(argv);
    }

    /** Starts any program on it. */
    Process startProgram(List<String> argv) throws IOException {
        return Command.of(inside(argv))
                .withEnvironment(Map.of("XDG_STATE_HOME", state.toString()))
                .start();
    }

    /** Sends a signal to the program that {@link #start(String...)} started. */
    static void signal(Process program, String name) throws IOException {
        long pid = program.children().findFirst().orElseThrow().pid();
        Command.of("sh", "-c", KILL, name, Long.toString(pid)).run(COMMAND);
    }

    /** Kills a process on it. */
    void kill(String pid) throws IOException {
        run("sh", "-c", KILL, "KILL", pid);
    }

    /** Kills a lab's daemon on it, as the OOM killer does. */
    void killDaemon(String lab) throws IOException {
        JsonNode daemon = JSON.readTree(folder(lab).resolve("daemon.json").toFile());
        kill(daemon.path("pid").asText());
    }

    private List<String> inside(List<String> argv) {
        List<String> words =
                new ArrayList<>(
                        List.of("nsenter", "-t", Long.toString(init), "-m", "-n", "-p", "--"));
        words.addAll(argv);
        return words;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        unshare.destroyForcibly();
        if (!unshare.waitFor(COMMAND.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("the machine does not end");
        }
    }
}
