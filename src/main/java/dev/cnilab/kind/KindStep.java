package dev.cnilab.kind;

import java.util.Optional;
import java.util.stream.Stream;

/** A step of kind that other work waits for. */
enum KindStep {
    /** All node containers run. */
    NODES_CONFIGURED("Writing configuration"),
    /** {@code kubeadm init} has completed. */
    CONTROL_PLANE_STARTED("Starting control-plane");

    private final String words;

    KindStep(String words) {
        this.words = words;
    }

    /**
     * @param words that kind prints for a step, without its emoji; if a version of kind prints
     *     others, the work waits until kind exits
     */
    static Optional<KindStep> of(String words) {
        return Stream.of(values()).filter(step -> step.words.equals(words)).findFirst();
    }
}
