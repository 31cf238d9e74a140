package dev.cnilab.spec;

import java.time.Duration;

/**
 * A claim of the tutorial, to be verified.
 *
 * @param name a DNS label; {@code --step} selects by it
 * @param title the claim, one line
 * @param command the tutorial's equivalent command, with the lab's variables; shown, not run
 * @param budget how long to poll before the step fails
 */
public record StepSpec(
        String name, String title, Template command, ProbeSpec probe, Duration budget) {}
