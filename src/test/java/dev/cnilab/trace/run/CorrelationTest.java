package dev.cnilab.trace.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.Place;
import dev.cnilab.trace.ProbePacket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One probe among all that was captured in a lab. */
class CorrelationTest {

    private static Correlation find(TraceTape tape, List<Sighting> captured) throws IOException {
        Networks networks = new Networks(tape.view(), TimeFactor.NONE);
        ProbePacket probe =
                new ProbePlan("lab", ClusterInventory.of(tape.view()), networks)
                        .plan(tape.request());
        return Correlation.find(
                captured,
                probe,
                probe.from().location().orElseThrow(),
                Set.of(probe.to().address()),
                Comparator.comparing(sighting -> sighting.frame().interfaceName()));
    }

    private static Correlation find(String name) throws IOException {
        TraceTape tape = TraceTape.read(name);
        return find(tape, tape.sightings());
    }

    @Test
    void anEchoRequestAndItsReplyAreSeenAtEachInterface() throws IOException {
        Correlation found = find("pod-to-pod");

        assertThat(found.answer()).isEqualTo(Correlation.Answer.PROPER);
        assertThat(found.request()).hasSize(12);
        assertThat(found.reply()).hasSize(12);
        assertThat(found.request()).extracting(each -> each.frame().time()).isSorted();
    }

    @Test
    void anotherPingBetweenTheSamePodsIsNotTakenForIt() throws IOException {
        TraceTape one = TraceTape.read("pod-to-pod");
        TraceTape other = TraceTape.read("fragments");
        TraceTape first = one.clock().getFirst().isBefore(other.clock().getFirst()) ? one : other;
        TraceTape second = first.equals(one) ? other : one;
        List<Sighting> own = first.sightings();
        List<Sighting> all = new ArrayList<>(second.sightings());
        all.addAll(own);

        Correlation found = find(first, all);

        assertThat(found.answer()).isEqualTo(Correlation.Answer.PROPER);
        assertThat(found.request()).isEqualTo(find(first, own).request());
        assertThat(found.reply()).isEqualTo(find(first, own).reply());
    }

    @Test
    void theReplyToAnotherPingIsNoAnswer() throws IOException {
        TraceTape tape = TraceTape.read("echo-ignored");
        List<Sighting> all = new ArrayList<>(tape.sightings());
        all.addAll(find("pod-to-pod").reply());

        assertThat(find(tape, all).answer()).isEqualTo(Correlation.Answer.NONE);
    }

    @Test
    void everyFragmentBelongsToIt() throws IOException {
        Correlation found = find("fragments");

        assertThat(found.request()).extracting(each -> each.inner().id()).containsOnly(id(found));
        assertThat(found.request())
                .filteredOn(each -> each.where() instanceof Place.InPod)
                .extracting(each -> each.inner().isLaterFragment())
                .containsExactlyInAnyOrder(false, true, false, true);
    }

    private static int id(Correlation found) {
        return found.request().getFirst().inner().id();
    }

    @Test
    void arpIsNoPartOfIt() throws IOException {
        TraceTape tape = TraceTape.read("no-neighbour");

        assertThat(tape.sightings()).anyMatch(each -> !each.isIpv4());
        assertThat(find("no-neighbour").request()).isNotEmpty().allMatch(Sighting::isIpv4);
    }

    @Test
    void aConnectionThatIsRefusedIsAnsweredByAReset() throws IOException {
        Correlation found = find("port-closed");

        assertThat(found.answer()).isEqualTo(Correlation.Answer.RESET);
        assertThat(found.request()).hasSize(12);
        assertThat(found.reply()).hasSize(12);
    }

    @Test
    void anIcmpErrorThatQuotesItIsItsAnswer() throws IOException {
        Correlation found = find("narrow-link");

        assertThat(found.answer()).isEqualTo(Correlation.Answer.ICMP_ERROR);
        assertThat(found.reply().getFirst().icmp().orElseThrow().nextHopMtu()).isEqualTo(1300);
    }

    @Test
    void withoutAnAnswerThereIsTheRequestOnly() throws IOException {
        Correlation found = find("forward-drop");

        assertThat(found.answer()).isEqualTo(Correlation.Answer.NONE);
        assertThat(found.request()).hasSize(3);
        assertThat(found.reply()).isEmpty();
    }

    @Test
    void whatDidNotLeaveIsNotFound() throws IOException {
        Correlation found = find("too-big");

        assertThat(found.request()).isEmpty();
        assertThat(found.answer()).isEqualTo(Correlation.Answer.NONE);
    }
}
