package dev.cnilab.testbed;

/** Strict mode: a test that lacks a program fails, as in CI, where all are installed. */
final class Strictness {

    static final String VARIABLE = "LAB_TEST_STRICT";

    private Strictness() {}

    static boolean ofEnvironment() {
        return Boolean.parseBoolean(System.getenv(VARIABLE));
    }
}
