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

/**
 * One container of a pod: a process that is started, watched and started again, by a thread of its
 * own.
 */
final class Container {

    /** Starts the process; asked anew for every run. */
    @FunctionalInterface
    interface Launcher {
        /**
         * @throws ContainerException when the pod specification can't be met
         */
        Process launch() throws IOException;
    }

    /** What is known at one moment. */
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
     * @param readyWhenRunning whether no probe decides that
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

    /** The process that runs now; empty between two runs. */
    synchronized Optional<Process> process() {
        return state instanceof Running ? Optional.ofNullable(process) : Optional.empty();
    }

    synchronized void start() {
        thread = Thread.ofPlatform().daemon().name("container-" + name).start(this::run);
    }

    /** Told by a probe. */
    void ready(boolean nowReady) {
        boolean news;
        synchronized (this) {
            boolean value = nowReady && state instanceof Running;
            news = ready != value;
            ready = value;
        }
        if (news) {
            changed.run();
        }
    }

    /** Ends the process; a new one follows as the restart policy says. */
    void kill(Duration grace) {
        Process running;
        synchronized (this) {
            running = process;
        }
        if (running != null) {
            end(running, grace);
        }
    }

    /** Ends the process for good and waits for that. Repeatable. */
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

    /** Empty when it could not even be started. */
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
            // What it said last belongs in the log; what its children go on saying does not.
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

    /** False when the container is to stop. */
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
