package dev.cnilab.walk;

import java.util.Optional;

/**
 * A command and what it printed.
 *
 * @param line as typed by a reader
 * @param traffic a command that ran meanwhile, to cause packets
 * @param output both streams, interleaved
 */
public record CommandRun(String line, Optional<String> traffic, String output) {}
