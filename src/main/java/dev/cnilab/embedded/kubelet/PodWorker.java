package dev.cnilab.embedded.kubelet;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one pod from its creation to its removal on its own thread, the only one that creates its
 * sandbox and writes its status.
 */
final class PodWorker {

    private static final System.Logger LOG = System.getLogger(PodWorker.class.getName());

    /** How long a changed ConfigMap takes to reach a container at most. */
    private static final Duration REFRESH = Duration.ofSeconds(10);

    private final NodeContext node;
    private final PodContainers containers;
    private final String startTime = ObjectMeta.timestamp(Instant.now());
    private final BackOff backOff = new BackOff();
    private final Thread thread;

    private final Optional<PodWorker> predecessor;
    private final Consumer<PodWorker> gone;

    private volatile ObjectNode pod;
    private boolean changed = true;
    private @Nullable Duration deletion;
    private @Nullable Sandbox sandbox;
    private String problem = "";

    /**
     * Creates the worker.
     *
     * @param predecessor pod with the same name, which must be gone first
     * @param gone called when the pod is gone
     */
    PodWorker(
            NodeContext node,
            ObjectNode pod,
            Optional<PodWorker> predecessor,
            Consumer<PodWorker> gone) {
        this.node = node;
        this.pod = pod;
        this.predecessor = predecessor;
        this.gone = gone;
        this.containers = new PodContainers(node, pod, this::wake);
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("pod-" + ObjectMeta.name(pod))
                        .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    String uid() {
        return ObjectMeta.uid(pod);
    }

    PodContainers containers() {
        return containers;
    }

    synchronized Optional<Sandbox> sandbox() {
        return Optional.ofNullable(sandbox);
    }

    /** Receives each change of the pod in the API. */
    void update(ObjectNode now) {
        pod = now;
        if (ObjectMeta.deleting(now)) {
            delete(
                    Duration.ofSeconds(
                            now.path("metadata").path("deletionGracePeriodSeconds").asLong()));
        }
    }

    /** Deletes the pod. Repeatable; a shorter grace period replaces a longer one. */
    synchronized void delete(Duration grace) {
        if (deletion == null || grace.compareTo(deletion) < 0) {
            deletion = grace;
            notifyAll();
        }
    }

    /** Waits until the pod is gone. */
    void join(Duration timeout) throws InterruptedException {
        thread.join(timeout);
    }

    private void run() {
        try {
            if (predecessor.isPresent()) {
                predecessor.get().thread.join();
            }
            Duration wait = Duration.ZERO;
            while (!deletionWithin(wait)) {
                wait = step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(WARNING, "pod " + ObjectMeta.name(pod), e);
        } finally {
            tearDown();
            gone.accept(this);
        }
    }

    /** Runs all steps that are possible now. Returns the longest time until the next call. */
    private Duration step() {
        Optional<Sandbox> box = sandbox();
        if (box.isEmpty()) {
            Duration again = makeSandbox();
            box = sandbox();
            if (box.isEmpty()) {
                publish();
                return again;
            }
        }
        containers.proceed(box.get());
        containers.refresh();
        publish();
        return REFRESH;
    }

    private Duration makeSandbox() {
        try {
            Sandbox made = node.sandboxes().create(pod);
            synchronized (this) {
                sandbox = made;
            }
            problem = "";
            return Duration.ZERO;
        } catch (IOException e) {
            problem = "Failed to create pod sandbox: " + e.getMessage();
            node.events().warning(pod, "FailedCreatePodSandBox", problem);
            return backOff.afterFailure();
        }
    }

    private void publish() {
        PodStatus status =
                new PodStatus(
                        containers.init(),
                        containers.main(),
                        containers.policy(),
                        node.plan().ipv4().address().toString(),
                        startTime,
                        sandbox(),
                        problem);
        try {
            node.store()
                    .updateStatus(
                            ResourceType.POD,
                            ObjectMeta.namespace(pod),
                            ObjectMeta.name(pod),
                            current -> isThis(current) ? status.writeTo(current) : current);
        } catch (ApiException e) {
            // Deleted by force; the watch will report it.
            LOG.log(System.Logger.Level.DEBUG, "the pod is gone; its status is not updated", e);
        }
    }

    private void tearDown() {
        containers.stop(grace());
        publish();
        Duration again = Duration.ZERO;
        while (!removed() && sleep(again)) {
            again = backOff.afterFailure();
        }
        containers.removeFiles();
        node.store()
                .get(ResourceType.POD, ObjectMeta.namespace(pod), ObjectMeta.name(pod))
                .filter(current -> isThis(current) && ObjectMeta.deleting(current))
                .ifPresent(current ->
                        node.store()
                                .remove(
                                        ResourceType.POD,
                                        ObjectMeta.namespace(pod),
                                        ObjectMeta.name(pod)));
    }

    private boolean removed() {
        try {
            Optional<Sandbox> box = sandbox();
            if (box.isPresent()) {
                node.sandboxes().remove(pod, box.get());
            }
            return true;
        } catch (IOException e) {
            node.events()
                    .warning(pod, "FailedKillPod", "error killing pod sandbox: " + e.getMessage());
            return false;
        }
    }

    private boolean isThis(JsonNode other) {
        return ObjectMeta.uid(other).equals(ObjectMeta.uid(pod));
    }

    private synchronized Duration grace() {
        return deletion == null ? Duration.ofSeconds(30) : deletion;
    }

    private synchronized void wake() {
        changed = true;
        notifyAll();
    }

    /** Waits for a change; true when the pod is to be deleted. */
    private synchronized boolean deletionWithin(Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos();
                left > 0 && deletion == null && !changed;
                left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        changed = false;
        return deletion != null;
    }

    private static boolean sleep(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
