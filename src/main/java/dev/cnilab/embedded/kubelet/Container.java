package dev.cnilab.embedded.kubelet;

import dev.cnilab.embedded.kubelet.ContainerState.Running;
import dev.cnilab.embedded.kubelet.ContainerState.Terminated;
import dev.cnilab.embedded.kubelet.ContainerState.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One container of a pod: its own thread starts, monitors and restarts its process. */
final class Container {

    /** Starts the process; called for every run. */
    @FunctionalInterface
    interface Launcher {
        /**
         * Starts it.
         *
         * @throws ContainerException when the pod specification cannot be fulfilled
         */
        Process launch() throws IOException;
    }

    /** The container's state at one moment. */
    record Snapshot(
            String name,
            ContainerState state,
            Optional<Terminated> last,
            String id,
            int restarts,
            boolean ready) {}

    private final String name;
    private final Launcher launcher;
    private final RestartPolicy policy;
    private final ContainerLog log;
    private final ContainerEvents events;
    private final Runnable changed;
    private final BackOff backOff = new BackOff();
    private final boolean readyWhenRunning;

    private ContainerState state = new Waiting("ContainerCreating", "");
    private Optional<Terminated> last = Optional.empty();
    private String id = "";
    private int runs;
    private boolean ready;
    private boolean stopping;
    private @Nullable Process process;
    private @Nullable Thread thread;

    /**
     * Creates the container.
     *
     * @param readyWhenRunning true without a readiness probe
     * @param changed called after each change of {@link #snapshot()}
     */
    Container(
            String name,
            Launcher launcher,
            RestartPolicy policy,
            ContainerLog log,
            ContainerEvents events,
            boolean readyWhenRunning,
            Runnable changed) {
        this.name = name;
        this.launcher = launcher;
        this.policy = policy;
        this.log = log;
        this.events = events;
        this.readyWhenRunning = readyWhenRunning;
        this.changed = changed;
    }

    String name() {
        return name;
    }

    ContainerLog log() {
        return log;
    }

    synchronized Snapshot snapshot() {
        return new Snapshot(name, state, last, id, Math.max(0, runs - 1), ready);
    }

    synchronized boolean started() {
        return thread != null;
    }

    /** Returns the running process; empty between two runs. */
    synchronized Optional<Process> process() {
        return state instanceof Running ? Optional.ofNullable(process) : Optional.empty();
    }

    synchronized void start() {
        thread = Thread.ofPlatform().daemon().name("container-" + name).start(this::run);
    }

    /** Sets readiness; called by a probe. */
    void ready(boolean nowReady) {
        boolean isChange;
        synchronized (this) {
            boolean value = nowReady && state instanceof Running;
            isChange = ready != value;
            ready = value;
        }
        if (isChange) {
            changed.run();
        }
    }

    /** Kills the process; it is restarted according to the restart policy. */
    void kill(Duration grace) {
        Process running;
        synchronized (this) {
            running = process;
        }
        if (running != null) {
            end(running, grace);
        }
    }

    /** Stops the container and waits for its exit. Repeatable. */
    void stop(Duration grace) {
        Thread waiting;
        synchronized (this) {
            stopping = true;
            waiting = thread;
            notifyAll();
        }
        if (process().isPresent()) {
            events.killing();
        }
        kill(grace);
        try {
            if (waiting != null) {
                waiting.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Duration delay = Duration.ZERO;
            while (pause(delay)) {
                Optional<Terminated> ended = runOnce();
                if (ended.isPresent() && !policy.restarts(ended.get())) {
                    return;
                }
                delay =
                        backOff.after(
                                ended.map(run -> Duration.between(run.startedAt(), Instant.now()))
                                        .orElse(Duration.ZERO));
                if (ended.isPresent()) {
                    crashed(ended.get(), delay);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the process once; empty when it could not be started. */
    private Optional<Terminated> runOnce() throws InterruptedException {
        Instant begin = Instant.now();
        Process started;
        Iterable<Thread> logging;
        try {
            synchronized (this) {
                if (stopping) {
                    return Optional.empty();
                }
                started = launcher.launch();
                process = started;
                id = "lab://" + UUID.randomUUID().toString().replace("-", "");
                runs++;
                state = new Running(begin);
                ready = readyWhenRunning;
                logging = log.record(started, runs - 1);
            }
        } catch (ContainerException e) {
            return failed(e.reason(), e);
        } catch (IOException e) {
            return failed("RunContainerError", e);
        }
        changed.run();
        events.started();
        int exit = started.waitFor();
        for (Thread each : logging) {
            // The process's last output belongs in the log; later output of its children does not.
            each.join(Duration.ofMillis(200));
        }
        Terminated ended;
        synchronized (this) {
            ended = new Terminated(exit, begin, Instant.now(), id);
            process = null;
        }
        become(ended);
        return Optional.of(ended);
    }

    private Optional<Terminated> failed(String reason, IOException why) {
        String message = String.valueOf(why.getMessage());
        become(new Waiting(reason, message));
        events.failed(message);
        return Optional.empty();
    }

    private void crashed(Terminated ended, Duration delay) {
        synchronized (this) {
            last = Optional.of(ended);
            if (stopping) {
                return;
            }
        }
        become(
                new Waiting(
                        "CrashLoopBackOff",
                        "back-off %ds restarting container %s, which exited with %d"
                                .formatted(delay.toSeconds(), name, ended.exitCode())));
        events.backOff();
    }

    private void become(ContainerState next) {
        synchronized (this) {
            state = next;
            ready = false;
        }
        changed.run();
    }

    /** Waits before a restart; false when the container is to stop. */
    private synchronized boolean pause(Duration delay) throws InterruptedException {
        long deadline = System.nanoTime() + delay.toNanos();
        for (long left = delay.toNanos();
                left > 0 && !stopping;
                left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return !stopping;
    }

    private static void end(Process running, Duration grace) {
        var descendants = running.descendants().toList();
        running.destroy();
        try {
            if (!running.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.destroyForcibly();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }
}
