package dev.cnilab.cli;

/** The command needs root; {@link Rootless} runs it again in a user namespace. */
@SuppressWarnings("serial")
final class NotRoot extends RuntimeException {}
