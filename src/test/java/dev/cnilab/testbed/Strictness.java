package dev.cnilab.testbed;

/** Whether a test that lacks something fails, as it must where everything has been installed. */
final class Strictness {

    static final String VARIABLE = "LAB_TEST_STRICT";

    private Strictness() {}

    static boolean ofEnvironment() {
        return Boolean.parseBoolean(System.getenv(VARIABLE));
    }
}
