package dev.cnilab.embedded;

import dev.cnilab.base.Failure;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.host.Command;
import dev.cnilab.host.ProcessIdentity;
import dev.cnilab.image.OwnImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts, finds and stops the background process of one lab. */
final class DaemonProcess {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(15);
    private static final int LOG_LINES = 20;

    private final ClusterState state;

    DaemonProcess(ClusterState state) {
        this.state = state;
    }

    /** Returns the running process whose API serves. */
    Optional<DaemonRecord> running() throws IOException {
        return state.daemon().filter(DaemonRecord::isAlive);
    }

    /** Starts it unless it runs, and waits until its API serves. */
    void ensure() throws IOException {
        if (running().isPresent()) {
            return;
        }
        end();
        Files.createDirectories(state.log().getParent());
        List<String> argv = new ArrayList<>(OwnImage.program());
        argv.addAll(arguments());
        Process process = Command.of(argv).withOutput(state.log()).start();
        Duration start = TimeFactor.of(System.getenv()).times(START);
        long deadline = System.nanoTime() + start.toNanos();
        try {
            while (running().isEmpty()) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw failure("it exited with code " + process.exitValue());
                }
                if (System.nanoTime() > deadline) {
                    throw failure("it does not serve after " + start.toSeconds() + " s");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "interrupted while starting the lab's background process");
        }
    }

    /** Checks whether it runs, including one that is still starting. */
    boolean exists() {
        return !ProcessIdentity.withLastArguments(arguments()).isEmpty();
    }

    /** Stops it, including one that is still starting; does nothing without one. */
    void end() throws IOException {
        // Found by its arguments, since a starting process has not written its record yet.
        for (ProcessIdentity process : ProcessIdentity.withLastArguments(arguments())) {
            process.end(STOP);
        }
    }

    private List<String> arguments() {
        return List.of("daemon", state.folder().toAbsolutePath().toString());
    }

    private Failure failure(String what) throws IOException {
        return new Failure(
                Failure.Kind.PROVIDER,
                "daemon-not-started",
                "the lab's background process did not start: " + what,
                tail(state.log()),
                "see " + state.log());
    }

    private static String tail(Path log) throws IOException {
        if (Files.notExists(log)) {
            return "";
        }
        List<String> lines = Files.readAllLines(log);
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }
}
