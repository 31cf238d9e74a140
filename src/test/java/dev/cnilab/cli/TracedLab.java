package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Location;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.embedded.EmbeddedProvider;
import dev.cnilab.cluster.preflight.Preflight;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.TimeFactor;
import dev.cnilab.lifecycle.StateHome;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.Probe;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.run.TraceRequest;
import dev.cnilab.trace.run.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/** A lab of two nodes that is up, to be traced and broken. */
final class TracedLab implements AutoCloseable {

    static final Duration COMMAND = Duration.ofSeconds(60);
    private static final Duration UP = Duration.ofMinutes(4);

    private final Program program;
    private final String name;
    private final Cluster cluster;

    /** What undoes the faults made, newest first; a mended one fails, which is fine. */
    private final List<Undo> undo = new ArrayList<>();

    private record Undo(String where, String command) {}

    private TracedLab(Program program, String name, Cluster cluster) {
        this.program = program;
        this.name = name;
        this.cluster = cluster;
    }

    /**
     * @param lab a bundled lab or a spec file
     */
    static TracedLab up(Path state, String lab) throws IOException {
        EmbeddedProvider provider =
                new EmbeddedProvider(new Preflight(System.getenv(), state), Version.CURRENT);
        String name = "t-%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24));
        ExecResult up =
                Command.of(Launcher.argv("up", lab, "--name", name, "--no-verify"))
                        .withEnvironment(Map.of("XDG_STATE_HOME", state.toString()))
                        .run(UP);
        assertThat(up.ok()).as(up.describe()).isTrue();
        StateHome home = new StateHome(state.resolve("lab"));
        Program program = new Program(home.path(), Map.of(), List.of(provider));
        Path folder = home.lab(name).path();
        return new TracedLab(program, name, provider.open(name, folder).orElseThrow());
    }

    Cluster cluster() {
        return cluster;
    }

    String controlPlane() {
        return name + "-control-plane";
    }

    String worker() {
        return name + "-worker";
    }

    /** The name of the control plane's demo pod. */
    String pod() throws IOException {
        return pod(controlPlane()).name();
    }

    /** The name of the worker's demo pod. */
    String workerPod() throws IOException {
        return pod(worker()).name();
    }

    String address(String node) throws IOException {
        return pod(node).ip().orElseThrow().toString();
    }

    /** The demo pod of a node. */
    Pod pod(String node) throws IOException {
        return cluster.pods().stream()
                .filter(pod -> pod.node().equals(Optional.of(node)))
                .filter(pod -> "demo".equals(pod.labels().get("app")))
                .findFirst()
                .orElseThrow();
    }

    Trace ping(String from, String to) throws IOException {
        return trace(request(from, to, OptionalInt.empty(), OptionalInt.empty(), false));
    }

    Trace tcp(String from, String to, int port) throws IOException {
        return trace(request(from, to, OptionalInt.of(port), OptionalInt.empty(), false));
    }

    Trace sized(String from, String to, int size, boolean dontFragment) throws IOException {
        return trace(request(from, to, OptionalInt.empty(), OptionalInt.of(size), dontFragment));
    }

    static TraceRequest request(
            String from, String to, OptionalInt port, OptionalInt size, boolean dontFragment) {
        return new TraceRequest(
                from,
                to,
                port.isPresent() ? Optional.of(Probe.Protocol.TCP) : Optional.empty(),
                port,
                size,
                dontFragment);
    }

    Trace trace(TraceRequest request) throws IOException {
        try (Tracer tracer = tracer(request)) {
            return tracer.trace();
        }
    }

    Tracer tracer(TraceRequest request) throws IOException {
        return Tracer.open(cluster, name, request, TimeFactor.NONE);
    }

    /** A command on a node or outside, which must succeed. */
    String run(String where, String command) throws IOException {
        ExecResult result = cluster.exec(place(where), List.of(command.split(" ")), COMMAND);
        assertThat(result.ok()).as(result.describe()).isTrue();
        return result.stdout();
    }

    /** A command for the node, that runs in the network of its demo pod with the node's files. */
    String inPod(String node, String command) throws IOException {
        return "ip netns exec %s.default.%s %s".formatted(node, pod(node).name(), command);
    }

    /** The host's end of a demo pod's link: the one port of cni0. */
    String vethOf(String node) throws IOException {
        return run(node, "ip -br link show master cni0").split("@")[0];
    }

    /** The process that has the node's network and runs the agent. */
    String agentOf(String node) throws IOException {
        String pids = run(node, "ip netns pids " + node);
        for (String pid : pids.split("\\s+")) {
            // One that has ended since has nothing to say.
            Path line = Path.of("/proc", pid, "cmdline");
            if (Files.exists(line)
                    && Files.readString(line).replace('\0', ' ').contains(" agent --ip-masq")) {
                return pid;
            }
        }
        throw new AssertionError("no agent on " + node);
    }

    /** A command of the program's about this lab, in a process's place. */
    Program.Run lab(String... arguments) {
        return program.run(arguments);
    }

    static Location place(String where) {
        return where.equals("outside") ? new Location.Outside() : new Location.OnNode(where);
    }

    /** Runs a command, and another when the test is over. */
    void breaking(String where, String command, String undo) throws IOException {
        this.undo.add(new Undo(where, undo));
        run(where, command);
    }

    /** Undoes what was broken. */
    void whole() throws IOException {
        for (Undo each : undo.reversed()) {
            cluster.exec(place(each.where), List.of(each.command.split(" ")), COMMAND);
        }
        undo.clear();
    }

    /** A trace's own words of how to mend it: {@code lab exec WHERE -- COMMAND}, one a line. */
    void mend(String remedy) throws IOException {
        for (String line : remedy.split("\n")) {
            String[] words = line.split(" ", 5);
            assertThat(line).startsWith("lab exec ").contains(" -- ");
            run(words[2], words[4]);
        }
    }

    /** {@code PLACE INTERFACE DIRECTION} of each hop, nodes by role, pods by their node's. */
    List<String> path(List<Hop> hops) {
        List<String> path = new ArrayList<>();
        for (Hop hop : hops) {
            path.add(
                    role(hop.where())
                            + " "
                            + hop.interfaceName().replaceAll("^veth.*", "veth")
                            + " "
                            + hop.direction().name().toLowerCase(java.util.Locale.ROOT));
        }
        return path;
    }

    private String role(Location location) {
        return switch (location) {
            case Location.OnNode(String node) -> node.substring(name.length() + 1);
            case Location.InPod(_, String pod) -> podPlace(pod);
            case Location.Outside() -> "outside";
        };
    }

    private String podPlace(String pod) {
        try {
            return pod.equals(pod(controlPlane()).name()) ? "pod" : "worker-pod";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        cluster.close();
        program.run("down", name);
    }
}
