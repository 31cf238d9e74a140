package dev.cnilab.preflight;

/** The result of an inspection. */
public sealed interface Finding {

    /** Returns the details: the actual state, or what was tried and its result. */
    String seen();

    /** The requirement is met. */
    record Ok(String seen) implements Finding {}

    /** The requirement is not met. */
    sealed interface Lack extends Finding {

        /** Returns the consequence. */
        String meaning();

        /** Returns the command that fixes it. */
        String remedy();
    }

    /** Labs work without it. */
    record Warning(String seen, String meaning, String remedy) implements Lack {}

    /** Providers that need it cannot run. */
    record Missing(String seen, String meaning, String remedy) implements Lack {}
}
