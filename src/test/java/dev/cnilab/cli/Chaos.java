package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills a lab's random processes with SIGKILL, continues at random with up, down or verify, and
 * compares the whole machine after every down. Actions, times and targets depend on the seed; the
 * program's progress at those times does not.
 */
final class Chaos {

    private static final String LAB = "chaos";
    private static final String[] UP = {"up", "flannel-ipip", "--name", LAB, "--no-verify"};
    private static final String[] DOWN = {"down", LAB};
    private static final String[] VERIFY = {"verify", LAB, "--step", "^(nodes-ready|pod-to-pod)"};

    private static final Duration END = Duration.ofMinutes(4);

    /** The maximum time before a kill in milliseconds: about the duration of up. */
    private static final int UP_TAKES = 9000;

    private static final int DOWN_TAKES = 2500;

    /** The shell's exit code of a process killed by SIGKILL. */
    private static final int KILLED = 128 + 9;

    private final Machine machine;
    private final Snapshot before;
    private final Random random;
    private final List<String> done = new ArrayList<>();

    Chaos(Machine machine, long seed) throws IOException {
        this.machine = machine;
        this.before = Snapshot.of(machine);
        this.random = new Random(seed);
    }

    /** Runs this many kills, then a comparison. */
    void run(int kills) throws IOException, InterruptedException {
        for (int i = 0; i < kills; i++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> killed(UP, UP_TAKES);
                case 2 -> killed(DOWN, DOWN_TAKES);
                case 3 -> killOneDuring(UP, UP_TAKES);
                default -> killOneDuring(VERIFY, UP_TAKES);
            }
            switch (random.nextInt(6)) {
                case 0 -> toItsEnd(0, UP);
                case 1, 2 -> compare();
                // The lab may be broken: the result is ignored.
                case 3 -> Command.await(List.of(VERIFY), machine.start(VERIFY), END);
                default -> done.add("nothing");
            }
        }
        compare();
    }

    /** Takes the lab down and checks that the machine is as before. */
    void compare() throws IOException {
        ExecResult down = machine.lab(DOWN);
        done.add("down");
        // The lab may not exist, if its up was killed before it created anything.
        assertThat(down.exitCode()).as(history(down)).isIn(0, 4);
        assertThat(before.difference(Snapshot.of(machine)))
                .as("removed (-) and added (+) on the machine after %s", done)
                .isEmpty();
        done.clear();
    }

    private void toItsEnd(int exitCode, String... command) throws IOException {
        ExecResult result = machine.lab(command);
        done.add(command[0]);
        assertThat(result.exitCode()).as(history(result)).isEqualTo(exitCode);
    }

    private void killed(String[] command, int longest) throws IOException, InterruptedException {
        int after = random.nextInt(longest);
        Process process = machine.start(command);
        if (!process.waitFor(after, TimeUnit.MILLISECONDS)) {
            // The program itself; it may have exited or not started yet.
            process.children().findFirst().ifPresent(ProcessHandle::destroyForcibly);
        }
        ExecResult result = Command.await(List.of(command), process, END);
        done.add("%s killed after %d ms".formatted(command[0], after));
        assertThat(result.exitCode()).as(history(result)).isIn(0, 1, 4, 5, KILLED);
    }

    /** Kills the daemon, an agent, a container or one of their children. */
    private void killOneDuring(String[] command, int longest)
            throws IOException, InterruptedException {
        int after = random.nextInt(longest);
        int which = random.nextInt(Integer.MAX_VALUE);
        Process process = machine.start(command);
        process.waitFor(after, TimeUnit.MILLISECONDS);
        List<String> processes =
                Snapshot.processes(machine).stream()
                        .filter(line -> !line.endsWith(" sleep infinity"))
                        .toList();
        if (!processes.isEmpty()) {
            String victim = processes.get(which % processes.size());
            done.add("%s, after %d ms killed: %s".formatted(command[0], after, victim));
            kill(victim.split(" ")[1]);
        }
        Command.await(List.of(command), process, END);
    }

    private void kill(String pid) {
        try {
            machine.kill(pid);
        } catch (IOException e) {
            // It has exited meanwhile.
        }
    }

    private String history(ExecResult result) {
        return "after " + String.join("; ", done) + ": " + result.describe();
    }
}
