package dev.cnilab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * This machine's kernel and files with processes, mounts, network and /run of its own, so that
 * everything found there is the test's; closing it ends every process in it.
 */
final class Machine implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration COMMAND = Duration.ofSeconds(30);
    private static final Duration LAB = Duration.ofMinutes(8);

    private static final String SET_UP =
            "umount -lR /run/netns 2>/dev/null; mount -t tmpfs -o mode=755 tmpfs /run && ip link set lo up"
                    + " && echo ready && exec sleep infinity";

    private final Process unshare;
    private final long init;
    private final Path state;

    private Machine(Process unshare, long init, Path state) {
        this.unshare = unshare;
        this.init = init;
        this.state = state;
    }

    /**
     * @param state what XDG_STATE_HOME is on it
     */
    static Machine start(Path state) throws IOException {
        Process unshare =
                Command.of(
                                "unshare",
                                "--mount",
                                "--net",
                                "--pid",
                                "--fork",
                                "--kill-child",
                                "--mount-proc",
                                "sh",
                                "-c",
                                SET_UP)
                        .start();
        String line = new String(unshare.getInputStream().readNBytes(5), StandardCharsets.UTF_8);
        if (!line.equals("ready")) {
            String reason =
                    new String(unshare.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            throw new IOException("no machine: " + reason);
        }
        return new Machine(unshare, unshare.children().findFirst().orElseThrow().pid(), state);
    }

    Path state() {
        return state;
    }

    Path folder(String lab) {
        return state.resolve("lab").resolve("labs").resolve(lab);
    }

    /** Runs a command on it, which must succeed. */
    String run(String... argv) throws IOException {
        ExecResult result = Command.of(inside(List.of(argv))).run(COMMAND);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
        return result.stdout();
    }

    /** Runs the program on it, as a user does. */
    ExecResult lab(String... args) throws IOException {
        return Command.await(List.of(args), start(args), LAB);
    }

    /** Starts the program on it. */
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
        Command.of("kill", "-" + name, Long.toString(pid)).run(COMMAND);
    }

    /** Kills the background process of a lab on it, as the kernel does when memory is short. */
    void killDaemon(String lab) throws IOException {
        JsonNode daemon = JSON.readTree(folder(lab).resolve("daemon.json").toFile());
        run("kill", "-KILL", daemon.path("pid").asText());
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
