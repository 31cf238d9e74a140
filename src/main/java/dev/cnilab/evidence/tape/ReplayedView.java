package dev.cnilab.evidence.tape;

import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.cluster.Service;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.Tunnel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Replays a cluster's replies from a tape. */
public final class ReplayedView implements ClusterView {

    private final Tape.Player player;

    public ReplayedView(Tape tape) {
        this.player = tape.player();
    }

    private <A extends RecordedReply> A ask(Class<A> type, RecordedQuery question)
            throws IOException {
        RecordedReply answer = player.answer(question);
        if (!type.isInstance(answer)) {
            throw new IOException("the evidence has a reply of another kind: " + question);
        }
        return type.cast(answer);
    }

    @Override
    public List<Node> nodes() throws IOException {
        return ask(RecordedReply.Nodes.class, RecordedQuery.of(RecordedQuery.Kind.NODES)).nodes();
    }

    @Override
    public List<Pod> pods() throws IOException {
        return ask(RecordedReply.Pods.class, RecordedQuery.of(RecordedQuery.Kind.PODS)).pods();
    }

    @Override
    public List<Service> services() throws IOException {
        return ask(RecordedReply.Services.class, RecordedQuery.of(RecordedQuery.Kind.SERVICES))
                .services();
    }

    @Override
    public Optional<Tunnel> tunnel() throws IOException {
        return ask(RecordedReply.TunnelAnswer.class, RecordedQuery.of(RecordedQuery.Kind.TUNNEL))
                .tunnel();
    }

    @Override
    public ExecResult exec(Place at, List<String> argv, Duration timeout) throws IOException {
        return ask(RecordedReply.Ended.class, RecordedQuery.of(RecordedQuery.Kind.EXEC, at, argv))
                .result();
    }

    @Override
    public RunningCommand start(Place at, List<String> argv) throws IOException {
        return new Replayed(
                ask(
                        RecordedReply.Streamed.class,
                        RecordedQuery.of(RecordedQuery.Kind.START, at, argv)));
    }

    @Override
    public ExecResult execInNetwork(Place at, List<String> argv, Duration timeout)
            throws IOException {
        return exec(at, argv, timeout);
    }

    @Override
    public RunningCommand startInNetwork(Place at, List<String> argv) throws IOException {
        return start(at, argv);
    }

    /** A recorded command. */
    private static final class Replayed implements RunningCommand {

        private final InputStream stdout;
        private final InputStream stderr;

        Replayed(RecordedReply.Streamed answer) {
            this.stdout = new ByteArrayInputStream(answer.stdout());
            this.stderr =
                    new ByteArrayInputStream(answer.stderr().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public InputStream stdout() {
            return stdout;
        }

        @Override
        public InputStream stderr() {
            return stderr;
        }

        @Override
        public OptionalInt waitFor(Duration timeout) {
            return OptionalInt.of(0);
        }

        @Override
        public void close() {
            // No process runs.
        }
    }
}
