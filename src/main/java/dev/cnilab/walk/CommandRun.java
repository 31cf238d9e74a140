package dev.cnilab.walk;

import java.util.Optional;

/**
 * A command and what it printed.
 *
 * @param line as a reader would type it
 * @param traffic what ran while it listened
 * @param output both streams, as they came
 */
public record CommandRun(String line, Optional<String> traffic, String output) {}
