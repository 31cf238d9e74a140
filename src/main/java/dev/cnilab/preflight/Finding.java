package dev.cnilab.preflight;

import dev.cnilab.base.Remedy;

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

        /** Returns how to fix it. */
        Remedy remedy();
    }

    /** Labs work without it. */
    record Warning(String seen, String meaning, Remedy remedy) implements Lack {

        /**
         * Creates a finding whose fix lab has no command for.
         *
         * @param advice how to fix it, in prose
         */
        public Warning(String seen, String meaning, String advice) {
            this(seen, meaning, Remedy.advise(advice));
        }
    }

    /** Providers that need it cannot run. */
    record Missing(String seen, String meaning, Remedy remedy) implements Lack {

        /**
         * Creates a finding whose fix lab has no command for.
         *
         * @param advice how to fix it, in prose
         */
        public Missing(String seen, String meaning, String advice) {
            this(seen, meaning, Remedy.advise(advice));
        }
    }
}
