package dev.cnilab.evidence.tape;

import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.cluster.Service;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.Tunnel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Records all replies of a cluster on a tape. */
public final class RecordingView implements ClusterView {

    private final ClusterView cluster;
    private final Tape tape = new Tape();

    public RecordingView(ClusterView cluster) {
        this.cluster = cluster;
    }

    public Tape tape() {
        return tape;
    }

    /** A query that may fail. */
    @FunctionalInterface
    private interface Asking<T> {
        T ask() throws IOException;
    }

    private <T> T record(
            RecordedQuery question, Asking<T> asking, Function<T, RecordedReply> answer)
            throws IOException {
        T result = ask(question, asking);
        tape.add(question, answer.apply(result));
        return result;
    }

    /** Why there is no answer is kept, too. */
    private <T> T ask(RecordedQuery question, Asking<T> asking) throws IOException {
        try {
            return asking.ask();
        } catch (IOException e) {
            tape.add(question, new RecordedReply.Failed(String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private <T> T record(
            RecordedQuery.Kind kind, Asking<T> asking, Function<T, RecordedReply> answer)
            throws IOException {
        return record(RecordedQuery.of(kind), asking, answer);
    }

    @Override
    public List<Node> nodes() throws IOException {
        return record(RecordedQuery.Kind.NODES, cluster::nodes, RecordedReply.Nodes::new);
    }

    @Override
    public List<Pod> pods() throws IOException {
        return record(RecordedQuery.Kind.PODS, cluster::pods, RecordedReply.Pods::new);
    }

    @Override
    public List<Service> services() throws IOException {
        return record(RecordedQuery.Kind.SERVICES, cluster::services, RecordedReply.Services::new);
    }

    @Override
    public Optional<Tunnel> tunnel() throws IOException {
        return record(RecordedQuery.Kind.TUNNEL, cluster::tunnel, RecordedReply.TunnelAnswer::new);
    }

    @Override
    public ExecResult exec(Place at, List<String> argv, Duration timeout) throws IOException {
        return recordExec(at, argv, () -> cluster.exec(at, argv, timeout));
    }

    @Override
    public ExecResult execInNetwork(Place at, List<String> argv, Duration timeout)
            throws IOException {
        return recordExec(at, argv, () -> cluster.execInNetwork(at, argv, timeout));
    }

    private ExecResult recordExec(Place at, List<String> argv, Asking<ExecResult> asking)
            throws IOException {
        return record(
                RecordedQuery.of(RecordedQuery.Kind.EXEC, at, argv),
                asking,
                RecordedReply.Ended::new);
    }

    /** The command's output is recorded when it is closed. */
    @Override
    public RunningCommand start(Place at, List<String> argv) throws IOException {
        return recordStart(at, argv, () -> cluster.start(at, argv));
    }

    /** The program's output is recorded when it is closed. */
    @Override
    public RunningCommand startInNetwork(Place at, List<String> argv) throws IOException {
        return recordStart(at, argv, () -> cluster.startInNetwork(at, argv));
    }

    private RunningCommand recordStart(Place at, List<String> argv, Asking<RunningCommand> asking)
            throws IOException {
        RecordedQuery question = RecordedQuery.of(RecordedQuery.Kind.START, at, argv);
        return new RecordingCommand(ask(question, asking), answer -> tape.add(question, answer));
    }
}
