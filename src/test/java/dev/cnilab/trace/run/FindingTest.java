package dev.cnilab.trace.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.cluster.Place;
import dev.cnilab.trace.DropReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FindingTest {

    private static final Place NODE = new Place.OnNode("worker");
    private static final Place POD = new Place.InPod("shop", "cart-1");

    @ParameterizedTest
    @EnumSource(names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void noCauseIsNamedWithoutEvidence(DropReason cause) {
        assertThatThrownBy(() -> new Finding(cause, "it is down", List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatCode(() -> new Finding(cause, "it is down", List.of("not UP"), List.of()))
                .doesNotThrowAnyException();
    }

    @Test
    void aLossOfUnknownCauseNeedsNoEvidence() {
        assertThatCode(() -> new Finding(DropReason.UNKNOWN, "it is lost", List.of(), List.of()))
                .doesNotThrowAnyException();
    }

    @Test
    void aCommandNamesItsLab() {
        assertThat(LossRemedy.change(NODE, "ip link set eth0 up").of("one").script())
                .isEqualTo("lab exec --lab one worker -- ip link set eth0 up");
        assertThat(new LossRemedy.At(POD, "ss -tln").of("one").script())
                .isEqualTo("lab exec --lab one shop/cart-1 -- ss -tln");
    }

    @Test
    void aPodIsNotChangedByToolsThatItMayNotHave() {
        assertThat(LossRemedy.change(POD, "ip link set eth0 up").of("one").script())
                .isEqualTo(
                        "export KUBECONFIG=$(lab kubeconfig one)\n"
                                + "kubectl -n shop delete pod cart-1");
    }
}
