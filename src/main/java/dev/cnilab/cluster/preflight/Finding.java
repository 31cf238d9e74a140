package dev.cnilab.cluster.preflight;

/** What a look at the machine showed. */
public sealed interface Finding {

    /** What is there, or what was tried and how that went. */
    String seen();

    /** As it should be. */
    record Ok(String seen) implements Finding {}

    /**
     * It will do, but for what {@code meaning} says.
     *
     * @param remedy the command that mends it; may be empty
     */
    record Warning(String seen, String meaning, String remedy) implements Finding {}

    /**
     * Providers that need it can't run.
     *
     * @param meaning what does not work without
     * @param remedy the command that mends it; may be empty
     */
    record Missing(String seen, String meaning, String remedy) implements Finding {}
}
