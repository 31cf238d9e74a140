package dev.cnilab.cli;

/** The command takes root, which this user is not: {@link Rootless} runs it again. */
@SuppressWarnings("serial")
final class NotRoot extends RuntimeException {}
