package dev.cnilab.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cnilab.host.Command;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindRunTest {

    /** The output of kind 0.27 without a terminal. */
    private static final String OUTPUT =
            """
            Creating cluster "flannel-ipip" ...
             • Ensuring node image (kindest/node:v1.20.2) 🖼  ...
             ✓ Ensuring node image (kindest/node:v1.20.2) 🖼
             • Preparing nodes 📦 📦   ...
             ✗ Preparing nodes 📦 📦
            ERROR: failed to create cluster: command "docker run" failed with error: exit status 125
            """;

    @TempDir private Path folder;

    @Test
    void completedStepsAreReported() throws IOException {
        List<String> progress = new ArrayList<>();
        KindRun run = KindRun.of(Command.of("sh", script("exit 1"), OUTPUT), progress::add);

        assertThat(progress).containsExactly("Ensuring node image (kindest/node:v1.20.2)");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).isEqualTo(OUTPUT);
    }

    @Test
    void interruptKillsKindAndItsChildren() throws IOException {
        Path child = folder.resolve("child");
        Thread caller = Thread.currentThread();
        Command command = Command.of("sh", script("sleep 600 & echo $! >" + child + "; wait"), "");
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    while (!Files.exists(child)) {
                        LockSupport.parkNanos(1_000_000);
                    }
                    caller.interrupt();
                });

        Throwable thrown = catchThrowable(() -> KindRun.of(command, line -> {}));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(InterruptedIOException.class);
        long pid = Long.parseLong(Files.readString(child).strip());
        ProcessHandle.of(pid).ifPresent(sleep -> assertThat(sleep.onExit().join()).isNotNull());
    }

    /** Field 5 of proc_pid_stat(5) is the process group, which receives a terminal's signals. */
    @Test
    void kindRunsInItsOwnProcessGroup() throws IOException {
        String group = "read -r pid _ _ _ group _ </proc/$$/stat; echo $pid is in $group >&2";
        KindRun run = KindRun.of(Command.of("sh", script(group), ""), line -> {});

        assertThat(run.output()).matches("(\\d+) is in \\1\n");
    }

    private String script(String rest) throws IOException {
        return Files.writeString(folder.resolve("kind"), "printf %s \"$1\" >&2\n" + rest + "\n")
                .toString();
    }
}
