package dev.cnilab.verify;

import java.time.Duration;

/** Receives the progress of a verification. */
@FunctionalInterface
public interface RunListener {

    void done(StepResult result);

    /**
     * A step's first attempt failed.
     *
     * @param rest how long the step is repeated
     */
    default void retrying(StepResult first, Duration rest) {}
}
