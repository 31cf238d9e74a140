package dev.cnilab.preflight;

/** What a look at the machine showed. */
public sealed interface Finding {

    /** What is there, or what was tried and how that went. */
    String seen();

    /** Met. */
    record Ok(String seen) implements Finding {}

    /** Not met. */
    sealed interface Lack extends Finding {

        /** What does not work, or works less well. */
        String meaning();

        /** The command that fixes it. */
        String remedy();
    }

    /** Labs do without. */
    record Warning(String seen, String meaning, String remedy) implements Lack {}

    /** Providers that need it can't run. */
    record Missing(String seen, String meaning, String remedy) implements Lack {}
}
