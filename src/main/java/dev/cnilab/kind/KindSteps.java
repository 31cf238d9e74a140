package dev.cnilab.kind;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** How far kind has come, as it tells. */
final class KindSteps {

    /**
     * A step that others wait for, by kind's words. A kind that words it differently is waited for
     * to its end.
     */
    enum Step {
        /** All node containers run. */
        NODES_CONFIGURED("Writing configuration"),
        /** {@code kubeadm init} has ended. */
        CONTROL_PLANE_STARTED("Starting control-plane");

        private final String words;

        Step(String words) {
            this.words = words;
        }
    }

    private final Map<Step, CountDownLatch> latches = new EnumMap<>(Step.class);
    private volatile boolean ended;

    KindSteps() {
        for (Step step : Step.values()) {
            latches.put(step, new CountDownLatch(1));
        }
    }

    /**
     * @param words that kind prints for a step, once it is done
     */
    void done(String words) {
        latches.forEach((step, latch) -> {
            if (words.equals(step.words)) {
                latch.countDown();
            }
        });
    }

    /** kind has ended, well or not. */
    void end() {
        ended = true;
        latches.values().forEach(CountDownLatch::countDown);
    }

    /** Waits until a step is done; whether kind still works then. */
    boolean await(Step step) throws InterruptedException {
        latches.getOrDefault(step, new CountDownLatch(0)).await();
        return !ended;
    }
}
