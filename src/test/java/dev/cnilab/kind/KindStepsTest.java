package dev.cnilab.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.kind.KindSteps.Step;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KindStepsTest {

    private final KindSteps steps = new KindSteps();

    @Test
    void eachStepOpensItsOwnWaiting() throws Exception {
        CompletableFuture<Boolean> started = waiting(Step.CONTROL_PLANE_STARTED);

        steps.done("Preparing nodes");
        steps.done("Writing configuration");
        assertThat(steps.await(Step.NODES_CONFIGURED)).isTrue();
        assertThat(started).isNotDone();

        steps.done("Starting control-plane");
        assertThat(started.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anEndWithoutTheStepEndsTheWaiting() throws Exception {
        CompletableFuture<Boolean> started = waiting(Step.CONTROL_PLANE_STARTED);

        steps.end();

        assertThat(started.get(10, TimeUnit.SECONDS)).isFalse();
    }

    private CompletableFuture<Boolean> waiting(Step step) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return steps.await(step);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
