package dev.cnilab.image;

import java.util.List;

/** What is fixed about the image of this program, whoever runs it and however it was made. */
public final class ProgramImage {

    /** Its name without the tag. */
    public static final String REPOSITORY = "localhost/cnilab/lab";

    public static final String MAIN = "dev.cnilab.cli.Main";

    /** Commands that the program itself serves, as {@code lab tool NAME}; in the image's PATH. */
    public static final List<String> TOOLS =
            List.of("capture", "cat", "curl", "hostname", "ip", "ping", "route", "ss", "sysctl");

    /** How a JVM of the program is started: small, and soon. */
    public static final List<String> JVM =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "--enable-native-access=ALL-UNNAMED");

    /** In which a JVM decodes its arguments and the names of files as UTF-8; in C as ASCII. */
    public static final String LOCALE = "C.UTF-8";

    /** Many of them run on one machine. */
    public static final List<String> SMALL =
            List.of("-XX:ReservedCodeCacheSize=16m", "-Xss256k", "-Xmx96m");

    private ProgramImage() {}

    public static boolean serves(String image) {
        return image.equals(REPOSITORY) || image.startsWith(REPOSITORY + ":");
    }
}
