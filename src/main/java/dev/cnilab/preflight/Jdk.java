package dev.cnilab.preflight;

/** Checks the version of the Java that runs this program, nodes and pods. */
record Jdk(Runtime.Version version) implements Inspection {

    private static final int OLDEST = 25;

    @Override
    public Finding inspect() {
        return version.feature() >= OLDEST
                ? new Finding.Ok("Java " + version)
                : new Finding.Missing(
                        "Java " + version,
                        "lab runs on Java " + OLDEST + " or newer",
                        "install a JDK " + OLDEST + ", such as Temurin, and set JAVA_HOME to it");
    }
}
