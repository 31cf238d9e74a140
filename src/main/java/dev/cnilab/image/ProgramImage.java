package dev.cnilab.image;

import java.util.List;
import java.util.stream.Stream;

/** Constants of this program's image, on every provider. */
public final class ProgramImage {

    /** The image's name without its tag. */
    public static final String REPOSITORY = "localhost/cnilab/lab";

    public static final String MAIN = "dev.cnilab.cli.Main";

    /** Commands of {@code lab tool NAME} for users. */
    public static final List<String> TOOLS =
            List.of(
                    "capture",
                    "cat",
                    "curl",
                    "hostname",
                    "ip",
                    "nslookup",
                    "ping",
                    "route",
                    "ss",
                    "sysctl");

    /** The command of {@code lab tool} by which a node runs {@link #TOOLS} in a pod's network. */
    public static final String IN_POD = "in-pod";

    /** All commands of {@code lab tool NAME} that are in the image's PATH. */
    public static final List<String> PROGRAMS =
            Stream.concat(TOOLS.stream(), Stream.of(IN_POD)).toList();

    /** JVM options for low memory use and a fast start. */
    public static final List<String> JVM =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "--enable-native-access=ALL-UNNAMED");

    /**
     * The locale. The JVM decodes arguments and file names as UTF-8 with it; in the locale C as
     * ASCII.
     */
    public static final String LOCALE = "C.UTF-8";

    /** Options for a small heap, since many of these JVMs run on one machine. */
    public static final List<String> SMALL =
            List.of("-XX:ReservedCodeCacheSize=16m", "-Xss256k", "-Xmx96m");

    private ProgramImage() {}

    public static boolean serves(String image) {
        return image.equals(REPOSITORY) || image.startsWith(REPOSITORY + ":");
    }
}
