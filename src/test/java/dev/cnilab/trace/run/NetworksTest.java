package dev.cnilab.trace.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.Place;
import dev.cnilab.evidence.tape.RecordedQuery;
import dev.cnilab.evidence.tape.RecordedReply;
import dev.cnilab.evidence.tape.ReplayedView;
import dev.cnilab.evidence.tape.Tape;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworksTest {

    private static final Place POD = new Place.InPod("default", "demo-w4dft");
    private static final List<String> LINKS = List.of("ip", "-j", "-d", "address", "show");

    /** Replies in order; the last one is repeated. */
    private final Networks networks =
            new Networks(
                    new ReplayedView(
                            new Tape(
                                    List.of(
                                            entry(
                                                    LINKS,
                                                    new RecordedReply.Failed("it did not end")),
                                            entry(LINKS, shown("[{\"ifname\":\"eth0\"}]")),
                                            entry(LINKS, new RecordedReply.Failed("never asked")),
                                            entry(List.of("ip", "route", "show"), shown("")),
                                            entry(List.of("ip", "neigh", "show"), shown(""))))),
                    TimeFactor.NONE);

    @Test
    void podIsQueriedAgainUntilItReplies() throws IOException {
        networks.learn(List.of(POD));
        assertThat(networks.at(POD).links()).isEmpty();
        networks.learn(List.of(POD));
        assertThat(networks.at(POD).link("eth0")).isPresent();
        networks.learn(List.of(POD));
        assertThat(networks.at(POD).link("eth0")).isPresent();
    }

    private static Tape.Entry entry(List<String> argv, RecordedReply answer) {
        return new Tape.Entry(
                new RecordedQuery(RecordedQuery.Kind.EXEC, Optional.of(POD), argv), answer);
    }

    private static RecordedReply shown(String output) {
        return new RecordedReply.Ended(new ExecResult(List.of("ip"), 0, output, ""));
    }
}
