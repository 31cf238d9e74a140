package dev.cnilab.host;

/** A process and all that it started. */
public final class ProcessTree {

    private ProcessTree() {}

    /** Kills it, its descendants first: without it they would be nobody's. */
    public static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
