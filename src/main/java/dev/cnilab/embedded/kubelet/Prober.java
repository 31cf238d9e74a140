package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a container's readiness or liveness probe periodically. */
final class Prober implements AutoCloseable {

    private final NodeContext node;
    private final ObjectNode pod;
    private final JsonNode timing;
    private final Probe probe;
    private final Container container;
    private final boolean liveness;
    private final Thread thread;

    private Prober(
            NodeContext node,
            ObjectNode pod,
            JsonNode timing,
            Probe probe,
            Container container,
            boolean liveness) {
        this.node = node;
        this.pod = pod;
        this.timing = timing;
        this.probe = probe;
        this.container = container;
        this.liveness = liveness;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name((liveness ? "liveness-" : "readiness-") + container.name())
                        .start(this::run);
    }

    /** Starts the probes of the container's specification. */
    static List<Prober> start(
            NodeContext node,
            ObjectNode pod,
            JsonNode spec,
            Container container,
            ContainerStart start,
            Sandbox sandbox) {
        List<Prober> probers = new ArrayList<>();
        for (String kind : List.of("readinessProbe", "livenessProbe")) {
            JsonNode timing = spec.path(kind);
            if (timing.isObject()) {
                Probe probe = new Probe(node, pod, spec, timing, start, sandbox);
                probers.add(
                        new Prober(
                                node, pod, timing, probe, container, kind.startsWith("liveness")));
            }
        }
        return probers;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            Optional<Process> known = Optional.empty();
            int failures = 0;
            int successes = 0;
            while (true) {
                Optional<Process> running = container.process();
                if (!running.equals(known)) {
                    known = running;
                    failures = 0;
                    successes = 0;
                    Thread.sleep(seconds("initialDelaySeconds", 0));
                }
                if (running.isPresent()) {
                    String complaint = ask();
                    boolean ok = complaint.isEmpty();
                    successes = ok ? successes + 1 : 0;
                    failures = ok ? 0 : failures + 1;
                    if (!ok) {
                        node.events()
                                .warning(pod, "Unhealthy", word() + " probe failed: " + complaint);
                    }
                    judge(successes, failures);
                }
                Thread.sleep(pause(running.isPresent() && successes > 0));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String ask() throws InterruptedException {
        try {
            probe.ask(seconds("timeoutSeconds", 1));
            return "";
        } catch (java.io.InterruptedIOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            return "timed out";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void judge(int successes, int failures) {
        boolean failed = failures >= timing.path("failureThreshold").asInt(3);
        if (liveness && failed) {
            node.events()
                    .normal(
                            pod,
                            "Killing",
                            "Container %s failed liveness probe, will be restarted"
                                    .formatted(container.name()));
            container.kill(Duration.ofSeconds(5));
        } else if (!liveness && failed) {
            container.ready(false);
        } else if (!liveness && successes >= timing.path("successThreshold").asInt(1)) {
            container.ready(true);
        }
    }

    /** Returns the time to the next probe, shorter until the container is ready. */
    private Duration pause(boolean settled) {
        Duration period = seconds("periodSeconds", 10);
        Duration eager = Duration.ofMillis(200);
        return settled || liveness || period.compareTo(eager) < 0 ? period : eager;
    }

    private Duration seconds(String field, int otherwise) {
        return Duration.ofSeconds(timing.path(field).asInt(otherwise));
    }

    private String word() {
        return liveness ? "Liveness" : "Readiness";
    }
}
