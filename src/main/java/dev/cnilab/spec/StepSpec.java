package dev.cnilab.spec;

import java.time.Duration;

/**
 * One claim of the tutorial.
 *
 * @param name a DNS label; {@code --step} selects by it
 * @param title the claim, one line
 * @param command the tutorial's command that it stands for; shown, not run. Its variables are the
 *     lab's
 * @param budget how long to poll before the step counts as failed
 */
public record StepSpec(
        String name, String title, Template command, ProbeSpec probe, Duration budget) {}
