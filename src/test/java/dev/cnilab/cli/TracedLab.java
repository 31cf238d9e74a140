package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.base.Remedy;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.embedded.EmbeddedProvider;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.NamespaceProcesses;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.ProcessIdentity;
import dev.cnilab.lifecycle.StateHome;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Links;
import dev.cnilab.testbed.TapeFolder;
import dev.cnilab.testbed.TypedFix;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.ProbePacket;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.run.HopPath;
import dev.cnilab.trace.run.TraceRequest;
import dev.cnilab.trace.run.TraceTape;
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

/** A running lab of two nodes for traces with injected faults. */
final class TracedLab implements AutoCloseable {

    static final Duration COMMAND = Duration.ofSeconds(60);
    private static final Duration UP = Duration.ofMinutes(4);

    private final Path state;
    private final Program program;
    private final String name;
    private final Cluster cluster;

    private Optional<String> tape = Optional.empty();

    /** Commands that undo injected faults, oldest first; they may fail if a fault was fixed. */
    private final List<NetNamespace.Action> undo = new ArrayList<>();

    private TracedLab(Path state, Program program, String name, Cluster cluster) {
        this.state = state;
        this.program = program;
        this.name = name;
        this.cluster = cluster;
    }

    /**
     * @param lab a bundled lab or a spec file
     */
    static TracedLab up(Path state, String lab) throws IOException {
        EmbeddedProvider provider =
                new EmbeddedProvider(Wiring.preflight(System.getenv(), state), Version.CURRENT);
        String name =
                TapeFolder.RECORDING
                        ? TapeFolder.LAB
                        : "t-%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24));
        ExecResult up =
                Command.of(Launcher.argv("up", lab, "--name", name, "--no-verify"))
                        .withEnvironment(Map.of("XDG_STATE_HOME", state.toString()))
                        .run(UP);
        assertThat(up.ok()).as(up.describe()).isTrue();
        StateHome home = new StateHome(state.resolve("lab"));
        Program program = new Program(home.path(), Map.of(), List.of(provider));
        Path folder = home.lab(name).path();
        return new TracedLab(state, program, name, provider.open(name, folder).orElseThrow());
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
        return pod(node, "demo");
    }

    /** The agent's pod of a node. */
    Pod agent(String node) throws IOException {
        return pod(node, "lab-ipip");
    }

    private Pod pod(String node, String app) throws IOException {
        return cluster.pods().stream()
                .filter(pod -> pod.node().equals(Optional.of(node)) && app(pod).equals(app))
                .findFirst()
                .orElseThrow();
    }

    private static String app(Pod pod) {
        return pod.labels().getOrDefault("app", "");
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
                port.isPresent() ? Optional.of(ProbePacket.Protocol.TCP) : Optional.empty(),
                port,
                size,
                dontFragment);
    }

    /** Names the tape of the next trace, which unit tests read. */
    TracedLab taped(String name) {
        tape = Optional.of(name);
        return this;
    }

    Trace trace(TraceRequest request) throws IOException {
        Optional<String> taped = tape;
        tape = Optional.empty();
        if (TapeFolder.RECORDING && taped.isPresent()) {
            return TraceTape.record(taped.get(), cluster, name, request);
        }
        try (Tracer tracer = tracer(request)) {
            return tracer.trace();
        }
    }

    Tracer tracer(TraceRequest request) throws IOException {
        return Tracer.open(cluster, name, request, TimeFactor.NONE);
    }

    /** Runs a command on a node or outside; fails if the command fails. */
    String run(String where, String command) throws IOException {
        ExecResult result = cluster.exec(place(where), List.of(command.split(" ")), COMMAND);
        assertThat(result.ok()).as(result.describe()).isTrue();
        return result.stdout();
    }

    /** Runs a command in the demo pod of a node; fails if the command fails. */
    void runInPod(String node, String command) throws IOException {
        Place pod = new Place.InPod("default", pod(node).name());
        ExecResult result = cluster.exec(pod, List.of(command.split(" ")), COMMAND);
        assertThat(result.ok()).as(result.describe()).isTrue();
    }

    /** The network namespace of a node's demo pod. */
    NetNamespace podNetwork(String node) throws IOException {
        return NetNamespace.named("%s.default.%s".formatted(node, pod(node).name()));
    }

    /** The host's end of a demo pod's veth pair: the only port of cni0. */
    String vethOf(String node) throws IOException {
        try (Connection connection = Connection.open(NetNamespace.named(node))) {
            Links links = new Links(connection);
            int bridge = links.get("cni0").index();
            return links.list().stream()
                    .filter(link -> link.master() == bridge)
                    .findFirst()
                    .orElseThrow()
                    .name();
        }
    }

    /** Stops the agent of a node until the test's end, since it would repair faults. */
    void stopAgent(String node) throws IOException {
        String agent = Long.toString(agentOf(node));
        // A fix may have ended it.
        breaking(
                () -> assertThat(signal("STOP", agent).ok()).isTrue(), () -> signal("CONT", agent));
    }

    /** The agent's process in the node's network namespace. */
    private static long agentOf(String node) throws IOException {
        for (ProcessIdentity process : NamespaceProcesses.in(List.of(NetNamespace.named(node)))) {
            // It has exited meanwhile.
            Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
            if (Files.exists(line)
                    && Files.readString(line).replace('\0', ' ').contains(" agent --ip-masq")) {
                return process.pid();
            }
        }
        throw new AssertionError("no agent on " + node);
    }

    private static ExecResult signal(String name, String pid) throws IOException {
        return Command.of("sh", "-c", "kill -s $0 $1", name, pid).run(COMMAND);
    }

    /** Runs a command of lab in this JVM. */
    Program.Run lab(String... arguments) {
        return program.run(arguments);
    }

    static Place place(String where) {
        return where.equals("outside") ? new Place.Outside() : new Place.OnNode(where);
    }

    /** Injects a fault by a command, with a command that undoes it at the test's end. */
    void breaking(String where, String command, String undo) throws IOException {
        List<String> argv = List.of(undo.split(" "));
        breaking(() -> run(where, command), () -> cluster.exec(place(where), argv, COMMAND));
    }

    /** Injects a fault by an action, with an action that undoes it at the test's end. */
    void breaking(NetNamespace.Action fault, NetNamespace.Action undo) throws IOException {
        this.undo.add(undo);
        fault.run();
    }

    /** Undoes all injected faults. */
    void repair() throws IOException {
        for (NetNamespace.Action each : undo.reversed()) {
            each.run();
        }
        undo.clear();
    }

    /** Runs a trace's fix as it is printed, in a shell. */
    void fix(Remedy remedy) throws IOException {
        TypedFix.here(state).type(remedy.script());
    }

    /** Waits until the controller of a deleted pod of the worker has a Ready one again. */
    void awaitAnother(Pod deleted) throws IOException {
        boolean found =
                cluster.await(
                        () ->
                                cluster.pods().stream()
                                        .filter(pod ->
                                                pod.node().equals(deleted.node()) && pod.ready())
                                        .filter(pod -> !pod.name().equals(deleted.name()))
                                        .anyMatch(pod -> app(pod).equals(app(deleted))),
                        COMMAND);
        assertThat(found).isTrue();
    }

    /** The hops by the roles of their places. */
    List<String> path(List<Hop> hops) throws IOException {
        return new HopPath(name, cluster.pods()).of(hops);
    }

    @Override
    public void close() {
        cluster.close();
        program.run("down", name);
    }
}
